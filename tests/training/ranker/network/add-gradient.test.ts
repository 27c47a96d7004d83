import { describe, expect, it } from "vitest";
import { poolWords, writePooled } from "../../../../src/answer/ranking/scoring/network/word-layer.ts";
import { addGradient, compare, scoreSentences } from "../../../../training/ranker/network/add-gradient.ts";
import { addWordGradient } from "../../../../training/ranker/network/add-word-gradient.ts";
import {
  arraysOf,
  initialParameters,
  inputsOf,
  type Parameters,
  zeroParameters,
} from "../../../../training/ranker/network/parameters.ts";
import { seededRandom } from "../../../../training/ranker/network/random.ts";
import { madeExample } from "../../../support/made-example.ts";

const SHAPE = { features: 2, wordUnits: { first: 3, second: 2 }, hidden: 3 };
const KEPT = Float64Array.of(1.25, 0, 1.25);
const EXAMPLE = madeExample({
  rows: [
    [0.5, -1],
    [1, 0.2],
    [-0.3, 0.8],
    [0.1, 0.4],
    [0.9, -0.6],
  ],
  matches: [
    [1, 0.2, 0.6],
    [0.1, 0.9, 0.3],
    [0.4, 0.4, 1],
    [0, 0.7, 0.2],
    [0.8, 0.8, 0],
  ],
  answers: [false, true, false, false, true],
});

/** Weights as a fit begins with, and biases that leave no unit silent for all words. */
function someParameters(): Parameters {
  const parameters = initialParameters(SHAPE, seededRandom(3));
  for (const biases of [parameters.words.firstBiases, parameters.words.secondBiases]) biases.fill(0.1);
  parameters.direct.forEach((_, i, all) => {
    all[i] = ((i * 3) % 5) / 10 - 0.2;
  });
  return parameters;
}

/** The loss of the example; its gradient is added to `gradient`. */
function learn(parameters: Parameters, gradient = zeroParameters(SHAPE)): number {
  const width = inputsOf(SHAPE);
  const values = new Float64Array(8 * width);
  const pooled = poolWords(parameters.words, EXAMPLE.words, { keepsAll: true });
  for (let row = 0; row < EXAMPLE.count; row++) {
    values.set(EXAMPLE.features.subarray(row * 2, row * 2 + 2), row * width);
    writePooled(pooled, row, values, row * width + 2);
  }
  const scored = scoreSentences(parameters, { values, width }, EXAMPLE.count, KEPT);
  const { slopes, loss } = compare(EXAMPLE, scored.scores);
  const inputSlopes = addGradient(parameters, gradient, { ...scored, slopes, kept: KEPT }, SHAPE.features);
  const pass = { figures: EXAMPLE.words, pooled, slopes: inputSlopes };
  addWordGradient(parameters.words, gradient.words, pass);
  return loss;
}

const STEP = 1e-5;

describe("the gradient of the ranker's loss", () => {
  it("is what the loss changes by when a weight does, for every weight", () => {
    const parameters = someParameters();
    const gradient = zeroParameters(SHAPE);
    learn(parameters, gradient);
    const slopes = arraysOf(gradient);
    expect(slopes.flatMap((values) => [...values]).filter((slope) => slope !== 0).length).toBeGreaterThan(90);
    arraysOf(parameters).forEach((values, n) => {
      for (let i = 0; i < values.length; i++) {
        const value = values[i]!;
        values[i] = value + STEP;
        const more = learn(parameters);
        values[i] = value - STEP;
        const less = learn(parameters);
        values[i] = value;
        expect(slopes[n]![i], `array ${n}, weight ${i}`).toBeCloseTo((more - less) / (2 * STEP), 5);
      }
    });
  });
});
