import { describe, expect, it } from "vitest";
import { calibrate } from "../../../src/answer/calibration/calibrate.ts";
import { makeQuestions } from "../../../src/answer/calibration/make-questions.ts";
import { PROBE_QUESTIONS } from "../../../src/answer/calibration/probe-questions.ts";
import type { Article } from "../../../src/corpus/article.ts";
import { article } from "../../support/builders.ts";

/** Forty sentences, each good for a question. */
const CHRONICLE = article({
  id: "chronicle",
  text: Array.from({ length: 40 }, (_, i) => `澄江市博物馆第${i}展厅于${1960 + i}年开放。`).join("\n"),
});
const OUTSIDE = new Set(PROBE_QUESTIONS);

describe("calibrate", () => {
  it("refuses nearly all questions about other things where that costs none about the corpus", async () => {
    const { threshold, outside, inside } = await calibrateWith({
      outside: spread(-6, -3),
      inside: spread(1, 4),
    });
    expect(threshold).toBeGreaterThan(-4);
    expect(threshold).toBeLessThan(-3);
    expect(outside.refused).toBeGreaterThanOrEqual(0.9);
    expect(inside.refused).toBe(0);
  });

  it("rather answers questions about other things than refuse more than a few about the corpus", async () => {
    const { threshold, outside, inside } = await calibrateWith({
      outside: spread(-6, 3),
      inside: spread(-4, 4),
    });
    expect(threshold).toBeLessThan(-3);
    expect(inside.refused).toBeLessThanOrEqual(0.05);
    expect(outside.refused).toBeLessThan(0.5);
  });

  it("refuses nothing that is surer than even, and answers nothing below two percent", async () => {
    expect(
      (await calibrateWith({ outside: spread(4, 9), inside: spread(10, 12) })).threshold,
    ).toBeLessThanOrEqual(0);
    const { threshold } = await calibrateWith({ outside: spread(-30, -20), inside: spread(-40, -35) });
    expect(threshold).toBeCloseTo(Math.log(0.02), 0);
  });

  it("refuses no more than its number of passages allows", async () => {
    const highestOf = async (passages: number) =>
      (await calibrateWith({ outside: spread(4, 9), inside: spread(10, 12), passages })).threshold;
    const thresholds = await Promise.all([1, 100, 300, 1000, 100_000].map(highestOf));
    expect(thresholds).toEqual([-0.9, -0.9, expect.closeTo(-1.07), -1.25, -1.25]);
  });

  it("takes an article that no question can be made of", async () => {
    const silent = article({ text: "无题。" });
    const { outside, inside } = await calibrateWith({ articles: [silent], outside: spread(-6, -3) });
    expect(inside).toEqual({ questions: 0, refused: 0 });
    expect(outside.questions).toBe(PROBE_QUESTIONS.length);
  });

  it("takes evidence of nothing at all for a refusal", async () => {
    const nothing = () => Number.NEGATIVE_INFINITY;
    const { threshold, outside } = await calibrateWith({ outside: nothing, inside: spread(1, 4) });
    expect(threshold).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    expect(outside.refused).toBe(1);
  });

  it("asks no more than 90 questions of a large corpus, from its beginning to its end", async () => {
    const articles = [..."东西南北春夏秋冬松竹梅兰金银铜铁山河湖海"].map((town) =>
      article({ ...CHRONICLE, text: CHRONICLE.text.replaceAll("澄江市", `${town}城`) }),
    );
    const asked: string[] = [];
    await calibrate({
      articles,
      passages: 20,
      strengthOf: async (question) => {
        if (!OUTSIDE.has(question)) asked.push(question);
        return 0;
      },
    });
    expect(asked).toHaveLength(90);
    expect(new Set(asked.map((question) => question[0])).size).toBe(20);
  });

  it("stops where its signal fires, with the signal's reason", async () => {
    const controller = new AbortController();
    let asked = 0;
    const calibration = calibrate({
      articles: [CHRONICLE],
      passages: 1,
      strengthOf: async () => {
        if (++asked === 3) controller.abort(new Error("关机"));
        return 0;
      },
      signal: controller.signal,
    });
    await expect(calibration).rejects.toThrow("关机");
    // those that were under way come to their end
    expect(asked).toBeLessThan(10);
  });
});

type Strengths = (share: number) => number;

/** From `low` to `high`, evenly. */
function spread(low: number, high: number): Strengths {
  return (share) => low + (high - low) * share;
}

type Script = {
  readonly articles?: readonly Article[];
  readonly outside: Strengths;
  readonly inside?: Strengths;
  readonly passages?: number;
};

function calibrateWith({ articles = [CHRONICLE], outside, inside = () => 0, passages = 40 }: Script) {
  const made = articles.flatMap(makeQuestions).map(({ question }) => question);
  const strengthOf = async (question: string): Promise<number> => {
    const [all, strengths] = OUTSIDE.has(question) ? [PROBE_QUESTIONS, outside] : [made, inside];
    return strengths(all.indexOf(question) / all.length);
  };
  return calibrate({ articles, passages, strengthOf });
}
