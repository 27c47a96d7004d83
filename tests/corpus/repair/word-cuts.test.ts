import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readLines } from "../../../src/corpus/head/source-line.ts";
import { wordCutsOf } from "../../../src/corpus/repair/word-cuts.ts";

const ARTICLE = fileURLToPath(new URL("../../../corpus/xiangtan-zhongxin-2021.txt", import.meta.url));

describe("wordCutsOf", () => {
  it("tells which breaks fall inside a word", () => {
    const cutsWord = wordCutsOf(readLines("陆续开设了心脑血管疾病、儿\n童疾病等联合门诊\n大家都来了"));
    expect([0, 1, 2].map(cutsWord)).toEqual([true, false, false]);
  });

  it("finds no word across a mark, a letter or the end of the text", () => {
    const cutsWord = wordCutsOf(readLines("儿，\n童疾病A\n院关节"));
    expect([0, 1, 2].map(cutsWord)).toEqual([false, false, false]);
  });

  it("says of many breaks what a segmenter says of each alone", async () => {
    const article = Array.from((await readFile(ARTICLE, "utf8")).replace(/\s/gu, ""));
    const rows = Array.from({ length: Math.ceil(article.length / 7) }, (_, i) =>
      article.slice(7 * i, 7 * i + 7).join(""),
    );
    const lines = readLines(rows.join("\n"));
    const cutsWord = wordCutsOf(lines);
    expect(lines.map((_, i) => cutsWord(i))).toEqual(
      lines.map(({ text }, i) => isCut(text, lines[i + 1]?.text ?? "")),
    );
  });
});

function isCut(line: string, next: string): boolean {
  const head = Array.from(line).slice(-6).join("");
  const tail = Array.from(next).slice(0, 6).join("");
  if (!/\p{Script=Han}$/u.test(head) || !/^\p{Script=Han}/u.test(tail)) return false;
  const words = new Intl.Segmenter("zh", { granularity: "word" }).segment(head + tail);
  return [...words].every(({ index }) => index !== head.length);
}
