import { describe, expect, it } from "vitest";
import { readText, WordMatcher } from "../../../src/answer/ranking/word-matcher.ts";
import { WordVectors } from "../../../src/indexing/word-vectors.ts";

/** 医生 and 大夫 point much the same way, 港口 another. */
const INDEX = WordVectors.build(
  ["医生", "港口"],
  [
    [0.8, 0.6],
    [0, 1],
  ],
  2,
);
const TEXT = "医生每周来港口坐诊。";

describe("WordMatcher", () => {
  const read = readText(TEXT, TEXT, INDEX);

  it("matches a word that stands in the text wholly, and another one as far as they are alike", () => {
    const matcher = new WordMatcher(["坐诊", "大夫", "鱼"], [undefined, [1, 0], [0, -1]], INDEX);
    const [itself, alike, unlike] = matcher.matchAll(read);
    expect(itself).toBe(1);
    expect(alike).toBeCloseTo(0.8, 2);
    expect(unlike).toBe(0);
  });

  it("never takes another word for the word itself", () => {
    const matcher = new WordMatcher(["大夫"], [[0.8, 0.6]], INDEX);
    expect(matcher.matchAll(read)).toEqual([0.95]);
  });

  it("matches letter by letter where there are no vectors", () => {
    const matcher = new WordMatcher(["大夫", "医生"], [undefined, undefined], INDEX);
    expect(matcher.matchAll(read)).toEqual([0, 1]);
  });

  it("matches nothing in an empty text", () => {
    const matcher = new WordMatcher(["大夫"], [[1, 0]], INDEX);
    expect(matcher.matchAll(readText("", "", INDEX))).toEqual([0]);
  });

  it("tells where in the text a word is matched", () => {
    const matcher = new WordMatcher(["大夫"], [[1, 0]], INDEX);
    const best = read.words.reduce((a, b) => (matcher.match(0, b) > matcher.match(0, a) ? b : a));
    expect(TEXT.slice(best.start, best.end)).toBe("医生");
  });
});
