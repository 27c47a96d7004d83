import { describe, expect, it } from "vitest";
import { readText } from "../../../../../src/answer/ranking/reading/read-text.ts";
import { rankerInput } from "../../../../../src/answer/ranking/scoring/sentence-features.ts";
import {
  FIXED_FIGURES,
  FOUND_FIGURES,
} from "../../../../../src/answer/ranking/scoring/words/word-figures.ts";
import { WordMatcher } from "../../../../../src/answer/ranking/scoring/words/word-matcher.ts";
import { WordSimilarities } from "../../../../../src/answer/ranking/scoring/words/word-similarities.ts";
import { weighQuestion } from "../../../../../src/answer/ranking/weigh-question.ts";
import { WordVectors } from "../../../../../src/indexing/word-vectors.ts";
import { analyseQuestion } from "../../../../../src/question/analyse-question.ts";
import { contextOf } from "../../../../support/indexes/weighed-sentences.ts";

const WORDS = WordVectors.build([], [], 2);
const KEYWORDS = { inverseDocumentFrequency: () => 4, documentFrequency: () => 1 } as never;

function figuresOf(question: string, ...texts: string[]) {
  const weighed = weighQuestion(analyseQuestion(question), { keywords: KEYWORDS, words: WORDS });
  const matcher = new WordMatcher(weighed.words, [], new WordSimilarities(WORDS.vectors));
  const contexts = texts.map((text, i) => ({
    ...contextOf(text),
    articleId: `a${i}`,
    passageRank: i,
    own: readText({ folded: text, aligned: text }, WORDS),
  }));
  const { rows, words } = rankerInput({ ...weighed, matcher }, contexts);
  const found = (sentence: number, word: number) => {
    const at = (sentence * words.words + word) * FOUND_FIGURES;
    return [...words.found.subarray(at, at + FOUND_FIGURES)];
  };
  const fixed = (word: number) => [...words.fixed.subarray(word * FIXED_FIGURES, (word + 1) * FIXED_FIGURES)];
  return { rows, words, found, fixed, asked: weighed.words.map(({ word }) => word) };
}

const [WEIGHT, , IS_AFTER] = [0, 1, 2];
const [FROM_ASKING, IS_NEXT] = [8, 9];
const [OWN, BEHIND_BEST, ANYWHERE] = [0, 10, 11];

describe("what the ranker sees of a question's words", () => {
  it("is how well each is matched: in the sentence, beside the best one's, and in anything found", () => {
    const { asked, found } = figuresOf("刘毅毕业于哪所大学", "刘毅是医生。", "护士长毕业多年。");
    const [name, degree] = [asked.indexOf("刘毅"), asked.indexOf("毕业")];
    expect([found(0, name)[OWN], found(1, name)[OWN]]).toEqual([1, 0]);
    expect([found(0, degree)[BEHIND_BEST], found(1, degree)[BEHIND_BEST]]).toEqual([-1, 0]);
    expect(found(0, degree)[ANYWHERE]).toBe(1);
    expect(found(0, asked.indexOf("大学"))[ANYWHERE]).toBe(0);
  });

  it("is where it stands in the question", () => {
    const { asked, fixed } = figuresOf("刘毅毕业于哪所大学", "刘毅是医生。");
    const [name, degree, university] = ["刘毅", "毕业", "大学"].map((word) => fixed(asked.indexOf(word)));
    expect([name![IS_AFTER], degree![IS_AFTER], university![IS_AFTER]]).toEqual([0, 0, 1]);
    expect([name![IS_NEXT], degree![IS_NEXT], university![IS_NEXT]]).toEqual([0, 1, 1]);
    expect(name![FROM_ASKING]).toBeCloseTo(0.2);
    expect(name![WEIGHT]).toBe(0.5);
  });

  it("is told of the first twelve words of a question that is endless", () => {
    const names = Array.from(
      { length: 20 },
      (_, i) => `${"甲乙丙丁戊己庚辛壬癸"[i % 10]}${"山川"[Math.floor(i / 10)]}医院`,
    );
    const { words, rows } = figuresOf(`${names.join("、")}有多少护士`, "医院有护士。");
    expect(words.words).toBe(12);
    expect(rows).toHaveLength(1);
  });

  it("is empty where no word of the question means anything", () => {
    const { words } = figuresOf("谁", "刘毅是医生。");
    expect(words).toMatchObject({ words: 0, sentences: 1 });
    expect(words.found).toHaveLength(0);
  });
});
