import { describe, expect, it } from "vitest";
import { sentenceCosts } from "../../../../src/answer/ranking/scoring/sentence-costs.ts";
import type { WeighedQuestion } from "../../../../src/answer/ranking/weigh-question.ts";
import { analyseQuestion } from "../../../../src/question/analyse-question.ts";
import { contextOf } from "../../../support/indexes/weighed-sentences.ts";

const SHIP = { ...contextOf("公司有员工1800人。"), articleId: "ship", article: "远舟船舶公司成立于1994年。" };
const SEED = { ...contextOf("公司有员工420人。"), articleId: "seed", article: "禾田种业公司创办于2001年。" };

describe("what speaks against a sentence", () => {
  it("is that its article never names the organisation asked about, where another one does", () => {
    const [ship, seed] = costsFor("禾田种业公司有多少员工？");
    expect(seed).toBe(0);
    expect(ship).toBeGreaterThan(3);
  });

  it("is nothing where both are named", () => {
    expect(costsFor("远舟船舶公司和禾田种业公司的员工一共有多少？")).toEqual([0, 0]);
  });

  it.each(["公司有多少员工？", "出海航运公司有多少员工？"])(
    "is nothing where no article that was found names one: %s",
    (question) => {
      expect(costsFor(question)).toEqual([0, 0]);
    },
  );

  it("is that no article speaks of the institution asked about", () => {
    for (const cost of costsFor("上海航运公司有多少员工？")) expect(cost).toBeGreaterThan(3);
  });

  it("is nothing where an article shortens the institution's name", () => {
    expect(costsFor("北京远舟船舶公司有多少员工？")).toEqual([0, expect.any(Number)]);
  });

  it("is that no sum stands in it where a price is asked", () => {
    const priced = { ...SHIP, candidates: [{ start: 0, end: 2 }] };
    const [held, missing] = sentenceCosts(weigh("船票多少钱？"), [priced, SEED]);
    expect(held).toBe(0);
    expect(missing).toBeGreaterThan(1);
  });
});

function costsFor(question: string): number[] {
  return sentenceCosts(weigh(question), [SHIP, SEED]);
}

/** The costs look at nothing that a corpus adds. */
function weigh(question: string): WeighedQuestion {
  return analyseQuestion(question) as unknown as WeighedQuestion;
}
