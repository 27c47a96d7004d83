import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { readWordList } from "../../src/corpus/word-list.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";

const makeFolder = temporaryFolders();
let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
});

async function list(text: string | Uint8Array): Promise<void> {
  await writeFile(join(folder, "words.txt"), text);
}

describe("readWordList", () => {
  it("takes one word a line, in simplified characters as texts are searched, with the remarks left out", async () => {
    await list("# 本报常用词\n介入减容手术\n\n三碼合一  # 就诊码\n");
    expect(await readWordList(folder)).toEqual([
      { word: "介入减容手术", tag: "nz" },
      { word: "三码合一", tag: "nz" },
    ]);
  });

  it("takes a list that was made for jieba: a frequency is read past, a part of speech counts", async () => {
    await list("夏红 3 nr\n问据\tnt\nPPR-9087 10\n");
    expect(await readWordList(folder)).toEqual([
      { word: "夏红", tag: "nr" },
      { word: "问据", tag: "nt" },
      { word: "ppr-9087", tag: "nz" },
    ]);
  });

  it("is empty where there is no list, or nothing in it", async () => {
    expect(await readWordList(folder)).toEqual([]);
    await list("");
    expect(await readWordList(folder)).toEqual([]);
  });

  it.each([
    ["红", "one character"],
    ["介入 减容", "two words"],
    ["夏红，院长", "a mark between"],
    ["长".repeat(21), "too long"],
  ])("refuses %s and names the line", async (line) => {
    await list(`问据\n${line}\n`);
    await expect(readWordList(folder)).rejects.toMatchObject({
      code: "MALFORMED",
      message: expect.stringContaining("Line 2"),
    });
  });
});

describe("readCorpus with a word list", () => {
  it.each([
    ["broken", "MALFORMED", () => list("红\n")],
    ["a binary file", "BINARY", () => list(Uint8Array.of(1, 0, 2, 0, 255, 0, 3))],
    ["a link", "SYMLINK", () => symlink("/etc/passwd", join(folder, "words.txt"))],
    ["a folder", "UNREADABLE", () => mkdir(join(folder, "words.txt"))],
    ["too long", "TOO_LARGE", () => list("介入减容手术\n".repeat(50_001))],
  ])("goes on without a list that is %s, and reports it", async (_, code, make) => {
    await writeFile(join(folder, "新馆.txt"), "县图书馆新馆开放。");
    await make();
    expect(await readCorpus(folder)).toMatchObject({
      articles: [{ id: "新馆" }],
      words: [],
      skipped: [{ file: "words.txt", code }],
    });
  });
});
