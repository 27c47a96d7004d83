import { describe, expect, it } from "vitest";
import { compareReports } from "../../../src/evaluation/report/compare-reports.ts";
import { formatComparison } from "../../../src/evaluation/report/format-report.ts";
import { evaluateScripts, question } from "../../support/scripted-evaluation.ts";

const RIGHT = { found: [0], quotes: ["医院创立于1900年。"] };
const WRONG = { found: [0], quotes: ["党委书记是夏红。"] };

/** Forty questions, of which these are answered wrongly. */
function reportWith(wrong: readonly number[], count = 40) {
  const questions = Array.from({ length: count }, (_, i) =>
    question({ id: `q${i}`, question: `创立于哪一年？（${i}）` }),
  );
  const scripts = questions.map((each, i) => [each.question, wrong.includes(i) ? WRONG : RIGHT]);
  return evaluateScripts(Object.fromEntries(scripts), questions);
}

const places = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("a comparison with a baseline", () => {
  it("finds nothing where nothing changed", async () => {
    const report = await reportWith([3]);
    expect(compareReports(report, report)).toEqual({
      compared: 40,
      losses: [],
      gains: [],
      lost: [],
      won: [],
    });
  });

  it("names single questions lost and won without calling them a loss", async () => {
    const comparison = compareReports(await reportWith([1]), await reportWith([2]));
    expect(comparison).toMatchObject({ losses: [], gains: [], lost: ["q2"], won: ["q1"] });
  });

  it("finds a loss beyond what the choice of the questions explains", async () => {
    const { losses, lost } = compareReports(await reportWith([]), await reportWith(places(0, 10)));
    expect(lost).toHaveLength(10);
    const loss = losses.find(({ kind, measure }) => kind === undefined && measure === "citationHit@3");
    expect(loss).toMatchObject({ before: 1, now: 0.75 });
    expect(loss?.low).toBeLessThan(-0.25);
    expect(loss?.high).toBeGreaterThan(-0.25);
    expect(loss?.high).toBeLessThan(0);
    expect(losses.map(({ measure }) => measure)).not.toContain("answerRecall@1");
  });

  it("finds a gain the same way, and says both in words", async () => {
    const before = await reportWith(places(0, 10));
    const after = await reportWith([]);
    expect(compareReports(before, after).gains.map(({ measure }) => measure)).toContain("citationHit@1");
    const told = formatComparison(compareReports(after, before), "en");
    expect(told).toMatch(/^40 questions are the baseline's\.\nLoss {2}quote@1: 100 → 75 \(−25 \[−\d/);
    expect(told).toContain("Lost: q0 q1 q2");
  });

  it("leaves questions aside that were changed or are new", async () => {
    const { compared } = compareReports(await reportWith([], 40), await reportWith([], 45));
    expect(compared).toBe(40);
    const old = await evaluateScripts({}, [question({ answers: ["1901年"] })]);
    const changed = await evaluateScripts({}, [question({ answers: ["1900年"] })]);
    expect(compareReports(old, changed).compared).toBe(0);
  });
});
