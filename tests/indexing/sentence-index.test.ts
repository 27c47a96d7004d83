import { describe, expect, it } from "vitest";
import { quotableSentences } from "../../src/chunk/quotable-sentences.ts";
import { SentenceIndex } from "../../src/indexing/sentence-index.ts";
import { article } from "../support/builders.ts";
import { randomUnitVectors } from "../support/indexes/vectors.ts";

const RIVER = article({
  id: "river",
  text: "白鹭河\n白鹭河全长八十公里。它在澄江汇入湖中。\n河上有三座桥。",
});
const SILENT = article({ id: "silent", text: "" });
const MUSEUM = article({ id: "museum", text: "澄江博物馆建成于1958年。馆内有文物三千件。" });
const ARTICLES = [RIVER, SILENT, MUSEUM];
const SENTENCES = ARTICLES.flatMap(quotableSentences).length;
const VECTORS = randomUnitVectors(SENTENCES, 48);

describe("SentenceIndex", () => {
  const index = SentenceIndex.build(ARTICLES, VECTORS);

  it("gives the sentences of an article in order, at their places", () => {
    const sentences = index.ofArticle("river");
    expect(sentences.map(({ span }) => RIVER.text.slice(span.start, span.end))).toEqual([
      "白鹭河",
      "白鹭河全长八十公里。",
      "它在澄江汇入湖中。",
      "河上有三座桥。",
    ]);
    expect(sentences.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
  });

  it("numbers sentences through all articles", () => {
    const numbers = ARTICLES.flatMap(({ id }) => index.ofArticle(id).map(({ number }) => number));
    expect(numbers).toEqual(Array.from({ length: SENTENCES }, (_, i) => i));
    expect(index.size).toBe(SENTENCES);
  });

  it("knows none of an article without sentences, or of one that is not there", () => {
    expect(index.ofArticle("silent")).toEqual([]);
    expect(index.ofArticle("nowhere")).toEqual([]);
  });

  it("leaves out the sentences that lie only partly within a stretch", () => {
    const start = RIVER.text.indexOf("全长");
    const within = index.within("river", { start, end: RIVER.text.length });
    expect(within.map(({ position }) => position)).toEqual([2, 3]);
  });

  it("tells the cosine of a sentence and a vector to a hundredth", () => {
    const queries = randomUnitVectors(20, 48, 7).map((query) => Float32Array.from(query));
    VECTORS.forEach((vector, number) => {
      expect(index.vectors.similarity(number, Float32Array.from(vector))).toBeCloseTo(1, 2);
      for (const query of queries) {
        const cosine = vector.reduce((sum, component, d) => sum + component * query[d]!, 0);
        expect(Math.abs(index.vectors.similarity(number, query) - cosine)).toBeLessThan(0.01);
      }
    });
  });

  it("is like nothing where a vector is zero", () => {
    const zero = SentenceIndex.build([article({ text: "无。" })], [[0, 0]]);
    expect(zero.vectors.similarity(0, Float32Array.of(1, 0))).toBe(0);
  });
});

describe("SentenceIndex.fromBytes", () => {
  const index = SentenceIndex.build(ARTICLES, VECTORS);

  it("gives the same sentences, vectors and bytes again", () => {
    const read = SentenceIndex.fromBytes(index.toBytes());
    const query = Float32Array.from(randomUnitVectors(1, 48, 3)[0]!);
    for (const { id } of ARTICLES) expect(read.ofArticle(id)).toEqual(index.ofArticle(id));
    for (let number = 0; number < SENTENCES; number++) {
      expect(read.vectors.similarity(number, query)).toBe(index.vectors.similarity(number, query));
    }
    expect(read.toBytes()).toEqual(index.toBytes());
  });

  it("reads an index without articles", () => {
    expect(SentenceIndex.fromBytes(SentenceIndex.build([], []).toBytes()).size).toBe(0);
  });

  it("refuses bytes that were cut anywhere, that go on, or that are of another format", () => {
    const bytes = index.toBytes();
    for (let length = 0; length < bytes.length; length++) expectRefused(bytes.subarray(0, length));
    expectRefused(Uint8Array.of(...bytes, 0));
    expectRefused(Uint8Array.of(bytes[0]! + 1, ...bytes.subarray(1)));
  });
});

function expectRefused(bytes: Uint8Array): void {
  expect(() => SentenceIndex.fromBytes(bytes)).toThrow(expect.objectContaining({ code: "INDEX_CORRUPT" }));
}
