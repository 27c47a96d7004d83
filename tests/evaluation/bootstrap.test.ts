import { describe, expect, it } from "vitest";
import { bootstrap } from "../../src/evaluation/bootstrap.ts";
import { meanOf } from "../../src/evaluation/summarise.ts";

const interval = (values: readonly number[]) =>
  bootstrap(values.length, [(places) => meanOf(Float64Array.from(values), places)])[0];

describe("a bootstrap interval", () => {
  it("has no width where all questions are alike", () => {
    expect(interval([1, 1, 1, 1])).toEqual({ low: 1, high: 1 });
  });

  it("is as wide as the binomial distribution says: ±0.098 for one half of 100", () => {
    const { low, high } = interval(Array.from({ length: 100 }, (_, i) => i % 2))!;
    expect(low).toBeCloseTo(0.402, 1);
    expect(high).toBeCloseTo(0.598, 1);
    expect(low).toBeGreaterThan(0.35);
    expect(high).toBeLessThan(0.65);
  });

  it("gets narrower with more questions", () => {
    const width = (count: number) => {
      const { low, high } = interval(Array.from({ length: count }, (_, i) => Number(i % 5 > 0)))!;
      return high - low;
    };
    expect(width(400)).toBeLessThan(width(100) * 0.6);
  });

  it("is the same each time", () => {
    const values = [1, 0, 0.5, 1, 1, 0, 0.25];
    expect(interval(values)).toEqual(interval(values));
  });

  it("leaves out what cannot be told of a draw, and is not there where nothing can", () => {
    const { low, high } = interval([1, Number.NaN, Number.NaN])!;
    expect([low, high]).toEqual([1, 1]);
    expect(interval([Number.NaN])).toBeUndefined();
  });
});
