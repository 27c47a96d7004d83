import {
  BLOCK,
  multiplyBlock,
  paddedRows,
  type Rows,
} from "../../../src/answer/ranking/scoring/multiply-block.ts";
import type { Example } from "../gather-features.ts";
import type { Parameters } from "./parameters.ts";

/** A sentence whose slope is below this teaches nothing that is worth its time. */
const NEGLIGIBLE = 1e-4;

/**
 * Adds what an example teaches to the gradient, and returns its loss: minus the log of the probability of the sentences that
 * answer, or of "nothing here answers" (a candidate of score 0 beside the sentences) where none does. `inputs` are the
 * standardised features, `kept` is 0 for the hidden units that are left out this time.
 */
export function addGradient(
  network: Parameters,
  gradient: Parameters,
  example: Example,
  inputs: Rows,
  kept: Float64Array,
): number {
  const { hidden, scores } = scoreSentences(network, inputs, example.count, kept);
  const { slopes, loss } = compare(example, scores);
  for (let row = 0; row < example.count; row++) {
    if (Math.abs(slopes[row]!) >= NEGLIGIBLE)
      addRow(network, gradient, { inputs, hidden, kept, row, slope: slopes[row]! });
  }
  return loss;
}

function scoreSentences(network: Parameters, inputs: Rows, count: number, kept: Float64Array) {
  const { hiddenWeights, hiddenBiases, outputWeights, direct } = network;
  const units = hiddenBiases.length;
  const { width } = inputs;
  const rows = paddedRows(count);
  const hidden = new Float64Array(rows * units);
  const scores = new Float64Array(rows);
  const sums = new Float64Array(BLOCK);
  for (let row = 0; row < rows; row += BLOCK) {
    multiplyBlock(direct, 0, inputs, row, sums);
    for (let i = 0; i < BLOCK; i++) scores[row + i] = direct[width]! + sums[i]!;
    for (let unit = 0; unit < units; unit++) {
      multiplyBlock(hiddenWeights, unit, inputs, row, sums);
      for (let i = 0; i < BLOCK; i++) {
        const value = Math.tanh(hiddenBiases[unit]! + sums[i]!);
        hidden[(row + i) * units + unit] = value;
        scores[row + i]! += outputWeights[unit]! * value * kept[unit]!;
      }
    }
  }
  return { hidden, scores: scores.subarray(0, count) };
}

/** How the loss changes with each score. */
function compare({ answers, isAnswerable, weight }: Example, scores: Float64Array) {
  const highest = scores.reduce((best, score) => Math.max(best, score), 0);
  const odds = scores.map((score) => Math.exp(score - highest));
  const nothing = Math.exp(-highest);
  const all = odds.reduce((sum, odd) => sum + odd, 0) + nothing;
  const right = odds.reduce((sum, odd, i) => (answers[i] ? sum + odd : sum), 0);
  const slopes = odds.map((odd, i) => (odd / all - (answers[i] ? odd / right : 0)) * weight);
  return { slopes, loss: -Math.log((isAnswerable ? right : nothing) / all) * weight };
}

type Row = {
  readonly inputs: Rows;
  readonly hidden: Float64Array;
  readonly kept: Float64Array;
  readonly row: number;
  readonly slope: number;
};

function addRow(network: Parameters, gradient: Parameters, { inputs, hidden, kept, row, slope }: Row): void {
  const units = network.hiddenBiases.length;
  const { values, width } = inputs;
  const from = row * width;
  for (let i = 0; i < width; i++) gradient.direct[i]! += slope * values[from + i]!;
  gradient.direct[width]! += slope;
  for (let unit = 0; unit < units; unit++) {
    const value = hidden[row * units + unit]!;
    gradient.outputWeights[unit]! += slope * value * kept[unit]!;
    const inner = slope * network.outputWeights[unit]! * kept[unit]! * (1 - value * value);
    if (inner === 0) continue;
    gradient.hiddenBiases[unit]! += inner;
    for (let i = 0; i < width; i++) gradient.hiddenWeights[unit * width + i]! += inner * values[from + i]!;
  }
}
