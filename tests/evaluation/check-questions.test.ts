import { describe, expect, it } from "vitest";
import { checkQuestions } from "../../src/evaluation/check-questions.ts";
import { ARTICLES, question } from "../support/scripted-evaluation.ts";

const articles = new Map(ARTICLES.map((each) => [each.id, each]));

describe("what makes a question impossible", () => {
  it("is not there where each article holds one of the answers, white space aside", () => {
    const both = question({ articles: ["xiangtan", "zhuzhou"], answers: ["1900 年", "74例"] });
    expect(checkQuestions([both, question({ kind: "none" })], articles)).toEqual([]);
  });

  it("is an article that is not in the corpus, or an answer that is not in its article", () => {
    const remarks = checkQuestions(
      [question({ id: "a", articles: ["shiyan"] }), question({ id: "b", articles: ["zhuzhou"] })],
      articles,
    );
    expect(remarks.map(({ en }) => en)).toEqual([
      expect.stringMatching(/Question a: there is no article shiyan/),
      expect.stringMatching(/Question b: its answer does not stand in zhuzhou/),
    ]);
  });
});
