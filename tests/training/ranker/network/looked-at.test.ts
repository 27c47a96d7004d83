import { describe, expect, it } from "vitest";
import { LookedAt } from "../../../../training/ranker/network/looked-at.ts";
import { madeExample } from "../../../support/made-example.ts";

const EXAMPLE = madeExample({ rows: [[0], [1], [2]], answers: [false, false, true] });
const comparison = (...probabilities: number[]) => ({
  probabilities: Float64Array.from(probabilities),
  slopes: new Float64Array(3),
  loss: 0,
});

describe("which sentences the fit looks at", () => {
  it("is all of them at first and every fourth epoch", () => {
    const lookedAt = new LookedAt();
    lookedAt.learn(EXAMPLE, comparison(1, 0, 0), 0);
    expect(lookedAt.rowsOf(EXAMPLE, 0)).toEqual([0, 1, 2]);
    expect(lookedAt.rowsOf(EXAMPLE, 4)).toEqual([0, 1, 2]);
  });

  it("is in between those that were likely, and those that answer", () => {
    const lookedAt = new LookedAt();
    lookedAt.learn(EXAMPLE, comparison(0.9, 1e-5, 1e-9), 4);
    expect(lookedAt.rowsOf(EXAMPLE, 5)).toEqual([0, 2]);
    lookedAt.learn(EXAMPLE, comparison(0, 0, 0), 5);
    expect(lookedAt.rowsOf(EXAMPLE, 7)).toEqual([0, 2]);
  });
});
