import {
  BLOCK,
  multiplyBlock,
  paddedRows,
  type Rows,
} from "../../../src/answer/ranking/scoring/network/multiply-block.ts";
import type { Example } from "../gather-features.ts";
import type { Parameters } from "./parameters.ts";

/** A sentence whose slope is below this teaches nothing that is worth its time. */
const NEGLIGIBLE = 1e-4;

/** What a network makes of an example's sentences. */
export type Scored = {
  readonly inputs: Rows;
  readonly hidden: Float64Array;
  /** One each sentence. */
  readonly scores: Float64Array;
};

/** `kept` is 0 for the hidden units that are left out this time. */
export function scoreSentences(
  { hiddenWeights, hiddenBiases, outputWeights, direct }: Parameters,
  inputs: Rows,
  count: number,
  kept: Float64Array,
): Scored {
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
  return { inputs, hidden, scores: scores.subarray(0, count) };
}

/** The probability of each sentence, and the loss and how it changes with each score. */
export type Comparison = {
  readonly probabilities: Float64Array;
  readonly slopes: Float64Array;
  readonly loss: number;
};

/**
 * The loss is minus the log of the probability of the sentences that answer, or of "nothing here answers" (a candidate of score 0
 * beside the sentences) where none does.
 */
export function compare(
  { answers, isAnswerable, weight }: Pick<Example, "answers" | "isAnswerable" | "weight">,
  scores: Float64Array,
): Comparison {
  const highest = scores.reduce((best, score) => Math.max(best, score), 0);
  const odds = scores.map((score) => Math.exp(score - highest));
  const nothing = Math.exp(-highest);
  const all = odds.reduce((sum, odd) => sum + odd, 0) + nothing;
  const right = odds.reduce((sum, odd, i) => (answers[i] ? sum + odd : sum), 0);
  const slopes = odds.map((odd, i) => (odd / all - (answers[i] ? odd / right : 0)) * weight);
  return {
    probabilities: odds.map((odd) => odd / all),
    slopes,
    loss: -Math.log((isAnswerable ? right : nothing) / all) * weight,
  };
}

/**
 * Adds to the gradient what the sentences teach, but for the word layer; returns how the loss changes with each of the inputs from
 * `from` on: `sentences × inputs`.
 */
export function addGradient(
  network: Parameters,
  gradient: Parameters,
  scored: Scored & { readonly slopes: Float64Array; readonly kept: Float64Array },
  from: number,
): Float64Array {
  const learnt = scored.inputs.width - from;
  const inputSlopes = new Float64Array(scored.scores.length * learnt);
  for (let row = 0; row < scored.scores.length; row++) {
    if (Math.abs(scored.slopes[row]!) < NEGLIGIBLE) continue;
    addRow(network, gradient, scored, {
      row,
      from,
      inputSlopes: inputSlopes.subarray(row * learnt, (row + 1) * learnt),
    });
  }
  return inputSlopes;
}

type Row = { readonly row: number; readonly from: number; readonly inputSlopes: Float64Array };

function addRow(
  network: Parameters,
  gradient: Parameters,
  { inputs, hidden, slopes, kept }: Scored & { readonly slopes: Float64Array; readonly kept: Float64Array },
  { row, from, inputSlopes }: Row,
): void {
  const units = network.hiddenBiases.length;
  const { values, width } = inputs;
  const at = row * width;
  const slope = slopes[row]!;
  for (let i = 0; i < width; i++) gradient.direct[i]! += slope * values[at + i]!;
  gradient.direct[width]! += slope;
  for (let i = from; i < width; i++) inputSlopes[i - from]! += slope * network.direct[i]!;
  for (let unit = 0; unit < units; unit++) {
    const value = hidden[row * units + unit]!;
    gradient.outputWeights[unit]! += slope * value * kept[unit]!;
    const inner = slope * network.outputWeights[unit]! * kept[unit]! * (1 - value * value);
    if (inner === 0) continue;
    gradient.hiddenBiases[unit]! += inner;
    const weights = unit * width;
    for (let i = 0; i < width; i++) gradient.hiddenWeights[weights + i]! += inner * values[at + i]!;
    for (let i = from; i < width; i++) inputSlopes[i - from]! += inner * network.hiddenWeights[weights + i]!;
  }
}
