import { describe, expect, it } from "vitest";
import { readText, WORD_LENGTH } from "../../../../../src/answer/ranking/reading/read-text.ts";
import { WordMatcher } from "../../../../../src/answer/ranking/scoring/words/word-matcher.ts";
import { WordSimilarities } from "../../../../../src/answer/ranking/scoring/words/word-similarities.ts";
import { quantise } from "../../../../../src/indexing/vectors/quantise.ts";
import { WordVectors } from "../../../../../src/indexing/word-vectors.ts";

/** 医生 and 大夫 point much the same way, 港口 another. */
const INDEX = WordVectors.build(["医生", "港口"], [quantise([0.8, 0.6]), quantise([0, 1])], 2);
const alike = () => new WordSimilarities(INDEX.vectors);
/** Words as a question has them. */
const ask = (...words: string[]) => words.map((word) => ({ word, id: INDEX.idOf(word), synonyms: [] }));
const TEXT = "医生每周来港口坐诊。";

describe("WordMatcher", () => {
  const read = readText({ folded: TEXT, aligned: TEXT }, INDEX);

  it("matches a word that stands in the text wholly, and another one as far as they are alike", () => {
    const matcher = new WordMatcher(
      ask("坐诊", "大夫", "鱼"),
      [undefined, Float32Array.of(1, 0), Float32Array.of(0, -1)],
      alike(),
    );
    const [itself, similar, unlike] = matcher.matchAll(read);
    expect(itself).toBe(1);
    expect(similar).toBeCloseTo(0.8, 2);
    expect(unlike).toBe(0);
  });

  it("never takes another word for the word itself", () => {
    const matcher = new WordMatcher(ask("大夫"), [Float32Array.of(0.8, 0.6)], alike());
    expect(matcher.matchAll(read)).toEqual([Math.fround(0.95)]);
  });

  it("matches letter by letter where there are no vectors", () => {
    const matcher = new WordMatcher(ask("大夫", "医生"), [undefined, undefined], alike());
    expect(matcher.matchAll(read)).toEqual([0, 1]);
  });

  it("matches a synonym as well as the thesaurus says, and better where they are more alike", () => {
    const [port] = ask("码头");
    const asked = [{ ...port!, synonyms: [{ id: INDEX.idOf("港口")!, likeness: 0.8 }] }];
    expect(new WordMatcher(asked, [undefined], alike()).matchAll(read)).toEqual([Math.fround(0.8)]);
    const close = new WordMatcher(asked, [Float32Array.of(0, 1)], alike());
    expect(close.matchAll(read)).toEqual([Math.fround(0.95)]);
  });

  it("takes a word for itself whatever the thesaurus says", () => {
    const [doctor] = ask("医生");
    const asked = [{ ...doctor!, synonyms: [{ id: INDEX.idOf("医生")!, likeness: 0.4 }] }];
    expect(new WordMatcher(asked, [undefined], alike()).matchAll(read)).toEqual([1]);
  });

  it("matches nothing in an empty text", () => {
    const matcher = new WordMatcher(ask("大夫"), [Float32Array.of(1, 0)], alike());
    expect(matcher.matchAll(readText({ folded: "", aligned: "" }, INDEX))).toEqual([0]);
  });

  it("tells where in the text a word is matched", () => {
    const matcher = new WordMatcher(ask("大夫"), [Float32Array.of(1, 0)], alike());
    const places = [...read.words.keys()].filter((at) => at % WORD_LENGTH === 0);
    const best = places.reduce((a, b) => (matcher.match(0, read, b) > matcher.match(0, read, a) ? b : a));
    expect(read.aligned.slice(read.words[best + 1]!, read.words[best + 2]!)).toBe("医生");
  });
});
