import { describe, expect, it } from "vitest";
import { unlearn } from "../../../training/ranker/unlearn.ts";

const CONTEXT = [1, 0, 0];
const MEANING = {
  whole: Float32Array.of(0.8, 0.6, 0),
  relation: Float32Array.of(0.6, 0, 0.8),
  words: [Float32Array.of(0, 1, 0)],
};
const embedContext = async () => CONTEXT;

function cosine(a: ArrayLike<number>, b: readonly number[]): number {
  return b.reduce((sum, component, i) => sum + component * a[i]!, 0);
}

describe("the vectors of a question that the embedding model was trained on", () => {
  it("lean less towards its context, and remain unit vectors", async () => {
    const { whole, relation, words } = await unlearn(MEANING, { familiarity: "question" }, embedContext);
    for (const [vector, before] of [
      [whole!, 0.8],
      [relation!, 0.6],
    ] as const) {
      expect(cosine(vector, CONTEXT)).toBeLessThan(before);
      expect(Math.hypot(...Array.from(vector))).toBeCloseTo(1);
    }
    // the direction in which the context says nothing is what is left
    expect(whole![1]! / whole![0]!).toBeGreaterThan(0.75);
    expect(words).toBe(MEANING.words);
  });

  it("lean less again where only the context was read", async () => {
    const asked = await unlearn(MEANING, { familiarity: "question" }, embedContext);
    const read = await unlearn(MEANING, { familiarity: "context" }, embedContext);
    expect(cosine(read.whole!, CONTEXT)).toBeGreaterThan(cosine(asked.whole!, CONTEXT));
    expect(cosine(read.whole!, CONTEXT)).toBeLessThan(0.8);
  });

  it("stay as they are where the model knows neither, and where there are none", async () => {
    expect(await unlearn(MEANING, {}, embedContext)).toBe(MEANING);
    const none = { whole: undefined, relation: undefined, words: [] };
    expect(await unlearn(none, { familiarity: "question" }, embedContext)).toEqual(none);
  });
});
