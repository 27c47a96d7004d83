import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { chunkArticle } from "../../src/chunk/chunk-article.ts";
import type { Article } from "../../src/corpus/article.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { splitSentences } from "../../src/text/sentences.ts";
import { article } from "../support/builders.ts";

const CORPUS = fileURLToPath(new URL("../../corpus", import.meta.url));

describe("chunkArticle over the real articles", () => {
  let articles: Article[];
  beforeAll(async () => {
    articles = (await readCorpus(CORPUS)).articles;
  });

  it("gives passages of whole sentences of at most 320 characters, most of them over 200", () => {
    for (const { passages, sentences } of articles.map(cut)) {
      const starts = new Set(sentences.map(({ start }) => start));
      const ends = new Set(sentences.map(({ end }) => end));
      for (const { span, text } of passages) {
        expect(starts.has(span.start) && ends.has(span.end), text).toBe(true);
        expect(text.length).toBeLessThanOrEqual(320);
      }
    }
    const lengths = articles.flatMap((article) => chunkArticle(article).map(({ text }) => text.length));
    expect(lengths.filter((length) => length > 200).length / lengths.length).toBeGreaterThan(0.75);
  });

  it("holds every sentence that is no title or heading exactly once", () => {
    for (const { article, passages, sentences } of articles.map(cut)) {
      const headings = new Set(article.headings?.map(({ span }) => span.end));
      for (const { start, end } of sentences) {
        const holders = passages.filter(({ span }) => span.start <= start && end <= span.end);
        expect(holders.length, article.text.slice(start, end)).toBe(headings.has(end) ? 0 : 1);
      }
    }
  });

  it("carries the headings above a passage", () => {
    expect(headingsOver("15亩首批武当仙鹤草")).toEqual(["党建聚合力", "同频共振促发展"]);
    expect(headingsOver("2017年共转诊403人次")).toEqual(["锻造品牌 践行健康扶贫"]);
    expect(headingsOver("大家自发地上传“小红包”")).toEqual(["初心不改 厚植民本情怀"]);
    expect(headingsOver("春风传佳讯")).toEqual([]);
  });

  it("finds that a newspaper page's headings came out below their columns", () => {
    expect(headingsOver("34 个在职党支部书记")).toEqual(["红心向党，抓牢党建“牛鼻子”"]);
    expect(headingsOver("拥有注册志愿者")).toEqual(["爱心永恒，绽放志愿服务之花"]);
    expect(headingsOver("31468 人完成首剂")).toEqual(["仁心济世，日夜鏖战展现惠景担当"]);
    expect(headingsOver("第三只眼")).toEqual([
      "初心不改，以文化自信构筑思想高地",
      "民心相通，大医精诚服务湘中大地",
    ]);
  });

  it("has spans that equal their texts for every size", () => {
    const size = fc.integer({ min: 1, max: 700 });
    fc.assert(
      fc.property(fc.nat(articles.length - 1), size, (which, maxLength) => {
        const article = articles[which]!;
        expectExact(article, maxLength);
      }),
      { numRuns: 25 },
    );
  });

  function headingsOver(words: string): readonly string[] | undefined {
    return articles.flatMap((article) => chunkArticle(article)).find(({ text }) => text.includes(words))
      ?.headings;
  }
});

describe("chunkArticle", () => {
  it("names a passage by its place", () => {
    const [passage] = chunkArticle(article({ id: "beijing", title: "首都", text: "北京是中国的首都。" }));
    expect(passage).toEqual({
      id: "beijing#0-9",
      articleId: "beijing",
      title: "首都",
      headings: [],
      span: { start: 0, end: 9 },
      text: "北京是中国的首都。",
    });
  });

  it("ends a passage at a heading, and leaves the heading itself out", () => {
    const text = "医院有三个院区。\n新院区\n新院区有床位八百张。";
    const headings = [{ span: { start: 9, end: 12 }, level: 2 }];
    expect(
      chunkArticle(article({ text, headings })).map(({ text, headings }) => ({ text, headings })),
    ).toEqual([
      { text: "医院有三个院区。", headings: [] },
      { text: "新院区有床位八百张。", headings: ["新院区"] },
    ]);
  });

  it("nests headings by their level and drops what a higher one ends", () => {
    const lines = ["甲", "甲文。", "乙", "乙文。", "丙", "丙文。"];
    const text = lines.join("\n");
    const at = (line: string, level: number) => ({
      span: { start: text.indexOf(line), end: text.indexOf(line) + 1 },
      level,
    });
    const passages = chunkArticle(article({ text, headings: [at("甲", 1), at("乙", 2), at("丙", 1)] }));
    expect(passages.map(({ headings }) => headings)).toEqual([["甲"], ["甲", "乙"], ["丙"]]);
  });

  it("shares a long section out evenly rather than leave a scrap", () => {
    const sentence = "这家医院今年新添了二十张床位和三台设备。";
    const lengths = chunkArticle(article({ text: sentence.repeat(17) })).map(({ text }) => text.length);
    expect(lengths).toHaveLength(2);
    expect(Math.min(...lengths)).toBeGreaterThan(120);
  });

  it("cuts a sentence that is too long at its commas", () => {
    const clause = "走进社区为居民量血压测血糖";
    const text = `${Array(40).fill(clause).join("，")}。`;
    const passages = chunkArticle(article({ text }), { maxLength: 100 });
    expect(passages.map(({ text }) => text).join("")).toBe(text);
    for (const { text } of passages) expect(text).toMatch(/^走进.*[，。]$/u);
  });

  it("gives an article that is nothing but headings as it stands", () => {
    const headings = [{ span: { start: 0, end: 4 }, level: 0 }];
    expect(chunkArticle(article({ text: "本报启事", headings })).map(({ text }) => text)).toEqual([
      "本报启事",
    ]);
  });

  it("gives nothing for a text of nothing", () => {
    expect(chunkArticle(article({ text: " \n " }))).toEqual([]);
  });

  it("cuts no character in two and loses none, whatever the text and the size", () => {
    const piece = fc.constantFrom(
      "医",
      "院",
      "，",
      "。",
      "“",
      "”",
      "\n",
      " ",
      "𠮷",
      "e\u0301",
      "👩‍⚕️",
      "ab",
      "；",
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 200 }),
        fc.integer({ min: 8, max: 60 }),
        (pieces, maxLength) => {
          expectExact(article({ text: pieces.join("") }), maxLength);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function cut(article: Article) {
  return { article, passages: chunkArticle(article), sentences: splitSentences(article.text) };
}

const GRAPHEMES = new Intl.Segmenter("zh", { granularity: "grapheme" });

/** Spans are exact, in order, apart, within the size (but for a single character) and between characters. */
function expectExact(article: Article, maxLength: number): void {
  const seams = new Set(
    [...GRAPHEMES.segment(article.text)].map(({ index }) => index).concat(article.text.length),
  );
  const passages = chunkArticle(article, { maxLength });
  for (const [i, { id, span, text }] of passages.entries()) {
    expect(article.text.slice(span.start, span.end)).toBe(text);
    expect(id).toBe(`${article.id}#${span.start}-${span.end}`);
    expect(span.start).toBeGreaterThanOrEqual(passages[i - 1]?.span.end ?? 0);
    expect(seams.has(span.start) && seams.has(span.end), text).toBe(true);
    expect(text.length <= maxLength || [...GRAPHEMES.segment(text)].length === 1, text).toBe(true);
  }
  const kept = article.headings?.length ? undefined : passages.map(({ text }) => text).join("");
  if (kept !== undefined) expect(kept.replace(/\s/gu, "")).toBe(article.text.replace(/\s/gu, ""));
}
