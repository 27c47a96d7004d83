import { describe, expect, it } from "vitest";
import { scoreAnswer } from "../../src/evaluation/score-answer.ts";
import { SearchScorer } from "../../src/evaluation/score-search.ts";
import { ARTICLES, PASSAGES, question } from "../support/scripted-evaluation.ts";
import { citationOf, noEvidenceAnswer, quotedAnswer } from "../support/servers/scripted-chatbot.ts";

const [XIANGTAN, ZHUZHOU] = [ARTICLES[0]!, ARTICLES[1]!];

describe("the scores of a search", () => {
  const scorer = new SearchScorer(PASSAGES);
  const score = (facts: Parameters<typeof question>[0], places: readonly number[]) =>
    scorer.score(
      question(facts),
      places.map((at) => ({ passage: PASSAGES[at]!, score: 1, ranks: {} })),
    );

  it("are full where the passage that holds the answer is first", () => {
    expect(score({}, [0, 1, 2])).toEqual({
      "articleRecall@1": 1,
      "articleRecall@5": 1,
      "articleRecall@10": 1,
      "answerRecall@1": 1,
      "answerRecall@5": 1,
      "answerRecall@10": 1,
      "mrr@10": 1,
      "ndcg@10": 1,
    });
  });

  it("tell the right article from the passage that holds the answer", () => {
    const scores = score({}, [1, 3, 0]);
    expect(scores).toMatchObject({ "articleRecall@1": 1, "answerRecall@1": 0, "answerRecall@5": 1 });
    expect(scores["mrr@10"]).toBeCloseTo(1 / 3);
    expect(scores["ndcg@10"]).toBeCloseTo(1 / Math.log2(4)); // one of one at the third place
  });

  it("do not count the answer in a wrong article", () => {
    expect(score({ articles: ["zhuzhou"] }, [0])).toMatchObject({
      "answerRecall@10": 0,
      "mrr@10": 0,
      "ndcg@10": 0,
    });
  });

  it("ask for every article of several, as far as there are places", () => {
    const both = { articles: ["xiangtan", "zhuzhou"], answers: ["1900年", "74例"] };
    expect(score(both, [0, 1])).toMatchObject({ "articleRecall@1": 1, "articleRecall@5": 0.5 });
    const scores = score(both, [3, 2, 0]);
    expect(scores).toMatchObject({ "answerRecall@1": 1, "answerRecall@5": 1 });
    // gains at the places 1 and 3 of what 1 and 2 would give
    expect(scores["ndcg@10"]).toBeCloseTo((1 + 1 / 2) / (1 + 1 / Math.log2(3)));
  });

  it("do not exist where there is nothing to be found", () => {
    expect(score({ kind: "none" }, [0])).toEqual({});
  });
});

describe("the scores of an answer", () => {
  const right = { article: XIANGTAN, quote: "医院创立于1900年。" };
  const wrong = { article: ZHUZHOU, quote: "刘毅奋战了53天。" };

  it("ask for a quote from the right article that holds the answer", () => {
    expect(scoreAnswer(question({}), quotedAnswer("", [right, wrong]))).toMatchObject({
      "citationHit@1": 1,
      "citationHit@3": 1,
      allCited: undefined,
      textHoldsAnswer: 1,
      rightDecision: 1,
      refusalPrecision: undefined,
    });
    expect(scoreAnswer(question({}), quotedAnswer("", [wrong, right]))).toMatchObject({
      "citationHit@1": 0,
      "citationHit@3": 1,
    });
    expect(scoreAnswer(question({ articles: ["zhuzhou"] }), quotedAnswer("", [right]))).toMatchObject({
      "citationHit@3": 0,
      textHoldsAnswer: 1,
    });
  });

  it("do not count a fourth quote", () => {
    const answer = quotedAnswer("", [wrong, wrong, wrong, right]);
    expect(scoreAnswer(question({}), answer)).toMatchObject({ "citationHit@3": 0, textHoldsAnswer: 1 });
  });

  it("find an answer that a line break cuts", () => {
    const text = "医院创立于\n1900 年。";
    const citation = citationOf({ article: { ...XIANGTAN, text }, quote: text }, 1);
    const answer = { ...quotedAnswer("", []), text: `${text}[1]`, citations: [citation] };
    expect(scoreAnswer(question({}), answer)).toMatchObject({ "citationHit@1": 1, textHoldsAnswer: 1 });
  });

  it("ask for a quote from each of several articles", () => {
    const both = question({ articles: ["xiangtan", "zhuzhou"], answers: ["1900年", "74例"] });
    const other = { article: ZHUZHOU, quote: "累计治愈出院患者74例。" };
    expect(scoreAnswer(both, quotedAnswer("", [right, wrong]))).toMatchObject({
      "citationHit@1": 1,
      "citationHit@3": 0,
      allCited: 0,
    });
    expect(scoreAnswer(both, quotedAnswer("", [right, other]))).toMatchObject({
      "citationHit@3": 1,
      allCited: 1,
    });
    const late = quotedAnswer("", [right, wrong, wrong, other]);
    expect(scoreAnswer(both, late)).toMatchObject({ "citationHit@3": 0, allCited: 1 });
  });

  it("count a refusal as right where nothing answers, and as wrong where something does", () => {
    const refusal = noEvidenceAnswer("", [wrong]);
    expect(scoreAnswer(question({ kind: "none" }), refusal)).toEqual({
      rightDecision: 1,
      refusalRecall: 1,
      refusalPrecision: 1,
    });
    expect(scoreAnswer(question({ kind: "none" }), quotedAnswer("", [wrong]))).toEqual({
      rightDecision: 0,
      refusalRecall: 0,
      refusalPrecision: undefined,
    });
    expect(scoreAnswer(question({}), refusal)).toMatchObject({
      "citationHit@3": 0,
      textHoldsAnswer: 0,
      rightDecision: 0,
      refusalPrecision: 0,
    });
  });
});
