import { describe, expect, it } from "vitest";
import { readText } from "../../../../../src/answer/ranking/reading/read-text.ts";
import type { SentenceContext } from "../../../../../src/answer/ranking/scoring/sentence-context.ts";
import { matchTable } from "../../../../../src/answer/ranking/scoring/words/match-table.ts";
import { quantityFeatures } from "../../../../../src/answer/ranking/scoring/words/quantity-features.ts";
import { matchQuantities } from "../../../../../src/answer/ranking/scoring/words/quantity-match.ts";
import {
  type MatchedQuestion,
  WordMatcher,
} from "../../../../../src/answer/ranking/scoring/words/word-matcher.ts";
import { WordSimilarities } from "../../../../../src/answer/ranking/scoring/words/word-similarities.ts";
import { weighQuestion } from "../../../../../src/answer/ranking/weigh-question.ts";
import { WordVectors } from "../../../../../src/indexing/word-vectors.ts";
import { analyseQuestion } from "../../../../../src/question/analyse-question.ts";
import { ANSWER_QUANTITIES } from "../../../../../src/question/quantities/quantity-classifier.ts";

const NO_WORDS = WordVectors.build([], [], 2);
const KEYWORDS = { inverseDocumentFrequency: () => 2, documentFrequency: () => 1 } as never;

/** `probabilities` says how likely each quantity is to be asked for. */
function ask(text: string, probabilities: Record<string, number>): MatchedQuestion {
  const question = weighQuestion(analyseQuestion(text), { keywords: KEYWORDS, words: NO_WORDS });
  const matcher = new WordMatcher(question.words, [], new WordSimilarities(NO_WORDS.vectors));
  return {
    ...question,
    matcher,
    quantityProbabilities: ANSWER_QUANTITIES.map((quantity) => probabilities[quantity] ?? 0),
  };
}

function sentence(aligned: string, articleId = "a"): SentenceContext {
  return { articleId, own: readText({ folded: aligned, aligned }, NO_WORDS) } as SentenceContext;
}

function featuresOf(question: MatchedQuestion, sentences: readonly SentenceContext[]): number[][] {
  const quantities = sentences.map((of) => matchQuantities(question, of, matchTable(question, of.own)));
  return quantityFeatures(question, { sentences, quantities });
}

const [EXPECTED, BEHIND, BEHIND_HERE, AMID, REPEATED] = [2, 3, 4, 7, 9] as const;

describe("quantityFeatures", () => {
  const probabilities = { money: 0.7, date: 0.1, other: 0.2 };

  it("tells the sentence with the quantity that is asked for from others, in all that was found and in its article", () => {
    const [sum, year, none, elsewhere] = featuresOf(ask("大桥花了多少钱", probabilities), [
      sentence("大桥花了三百万元。"),
      sentence("大桥1986年通车。"),
      sentence("大桥很美。"),
      sentence("码头1990年动工。", "b"),
    ]);
    expect([sum, year, none].map((row) => row![EXPECTED])).toEqual([0.7, 0.1, 0]);
    expect(year![BEHIND]).toBeCloseTo(-0.6);
    expect(year![BEHIND_HERE]).toBeCloseTo(-0.6);
    expect(elsewhere![BEHIND_HERE]).toBe(0);
  });

  it("counts more what stands where it is asked about", () => {
    const [near, far] = featuresOf(ask("大桥花了多少钱", probabilities), [
      sentence("大桥花了三百万元。"),
      sentence("食堂一顿饭八元。"),
    ]);
    expect(near![AMID]).toBeGreaterThan(far![AMID]!);
  });

  it("does not take a quantity of the question for its answer", () => {
    const [row] = featuresOf(ask("1986年大桥花了多少钱", probabilities), [sentence("大桥1986年通车。")]);
    expect(row![EXPECTED]).toBe(0);
    expect(row![REPEATED]).toBe(0.1);
  });
});
