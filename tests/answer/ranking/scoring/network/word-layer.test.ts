import { describe, expect, it } from "vitest";
import {
  POOLS,
  poolWords,
  type WordLayer,
  writePooled,
} from "../../../../../src/answer/ranking/scoring/network/word-layer.ts";
import {
  FIXED_FIGURES,
  FOUND_FIGURES,
} from "../../../../../src/answer/ranking/scoring/words/word-figures.ts";

/** One unit each layer: what a word's first fixed and first found figure are together, 0.1 taken off; and the same less 0.2. */
const LAYER: WordLayer = {
  fixedWeights: Float64Array.from({ length: FIXED_FIGURES }, (_, i) => (i === 0 ? 1 : 0)),
  foundWeights: Float64Array.from({ length: FOUND_FIGURES }, (_, i) => (i === 0 ? 1 : 0)),
  firstBiases: Float64Array.of(-0.1),
  secondWeights: Float64Array.of(2),
  secondBiases: Float64Array.of(-0.2),
};

/** `found` is the first found figure of each word, by sentence. */
function figuresOf(fixed: readonly number[], found: readonly (readonly number[])[]) {
  const widen = (values: readonly number[], width: number) =>
    Float32Array.from(values.flatMap((value) => [value, ...new Array<number>(width - 1).fill(9)]));
  return {
    words: fixed.length,
    sentences: found.length,
    fixed: widen(fixed, FIXED_FIGURES),
    found: widen(found.flat(), FOUND_FIGURES),
  };
}

function pooledOf(fixed: readonly number[], found: readonly (readonly number[])[]): number[][] {
  const pooled = poolWords(LAYER, figuresOf(fixed, found));
  return found.map((_, sentence) => {
    const values = new Float64Array(POOLS + 1);
    writePooled(pooled, sentence, values, 1);
    return [...values.subarray(1)];
  });
}

describe("the word layer", () => {
  it("gives the sum over the words, the most of them, and the sum beside the best sentence's", () => {
    const [best, other] = pooledOf(
      [0.5, 0],
      [
        [0.5, 0.7],
        [0, 0.7],
      ],
    );
    // of the words, in the first sentence 2 × 0.9 - 0.2 and 2 × 0.6 - 0.2; in the second 2 × 0.4 - 0.2 and again 2 × 0.6 - 0.2
    expect(best).toEqual([expect.closeTo(2.6 / 3), expect.closeTo(1.6), 0]);
    expect(other).toEqual([expect.closeTo(1.6 / 3), expect.closeTo(1), expect.closeTo(-1 / 3)]);
  });

  it("is cut off at 0, in both layers", () => {
    expect(pooledOf([0], [[0], [0.15]])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("says nothing of a question without words", () => {
    expect(pooledOf([], [[], []])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("makes the same of a sentence whichever order the words are in", () => {
    expect(pooledOf([0.5, 0.1], [[0.2, 0.9]])).toEqual(
      pooledOf([0.1, 0.5], [[0.9, 0.2]]).map((row) => row.map((value) => expect.closeTo(value, 10))),
    );
  });
});
