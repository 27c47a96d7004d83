import { BLOCK, multiplyBlock, paddedRows, type Rows } from "./multiply-block.ts";
import { RANKER_WEIGHTS } from "./ranker-weights.ts";

/** Features further than this many deviations from their mean say no more than those at it. */
const CLIP = 6;

/**
 * Scores sentences by how likely they hold the answer: small networks of one hidden layer, averaged, trained on questions with
 * marked answers so that `exp(score)` is the odds of the sentence against "nothing here answers" (see docs/evaluation.md).
 */
export class SentenceRanker {
  readonly #networks: readonly Network[];

  constructor(networks: readonly Network[] = readNetworks()) {
    this.#networks = networks;
  }

  /** One score each row of `sentenceFeatures`. */
  score(rows: readonly Float64Array[]): number[] {
    const scores = new Float64Array(paddedRows(rows.length));
    for (const network of this.#networks) addScores(network, rows, scores);
    return rows.map((_, i) => scores[i]! / this.#networks.length);
  }
}

/** Row-major: unit `h` of the hidden layer has `hiddenWeights[h × features …]`. */
export type Network = Readonly<
  Record<
    "means" | "scales" | "hiddenWeights" | "hiddenBiases" | "outputWeights" | "directWeights",
    Float64Array
  >
> & { readonly bias: number };

/** `scores` has a place for each row and for those that fill the last block. */
function addScores(network: Network, rows: readonly Float64Array[], scores: Float64Array): void {
  const { hiddenWeights, hiddenBiases, outputWeights, directWeights, bias } = network;
  const inputs = readInputs(network, rows);
  const sums = new Float64Array(BLOCK);
  for (let row = 0; row < scores.length; row += BLOCK) {
    multiplyBlock(directWeights, 0, inputs, row, sums);
    for (let i = 0; i < BLOCK; i++) scores[row + i]! += bias + sums[i]!;
    for (let unit = 0; unit < hiddenBiases.length; unit++) {
      multiplyBlock(hiddenWeights, unit, inputs, row, sums);
      for (let i = 0; i < BLOCK; i++) {
        scores[row + i]! += outputWeights[unit]! * Math.tanh(hiddenBiases[unit]! + sums[i]!);
      }
    }
  }
}

/** The rows one after the other, standardised. */
function readInputs({ means, scales }: Network, rows: readonly Float64Array[]): Rows {
  const width = means.length;
  const values = new Float64Array(paddedRows(rows.length) * width);
  for (const [n, row] of rows.entries()) {
    if (row.length !== width) {
      throw new RangeError(
        `The ranker was trained on ${width} features, not on ${row.length}: train it anew.`,
      );
    }
    for (let i = 0; i < width; i++) values[n * width + i] = standardise(row[i]!, means[i]!, scales[i]!);
  }
  return { values, width };
}

/** What is unknown counts as the mean of the training sentences: it speaks neither for nor against. */
function standardise(value: number, mean: number, scale: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.max(-CLIP, Math.min(CLIP, (value - mean) * scale));
}

function readNetworks(): Network[] {
  const { features, hidden, networks, base64 } = RANKER_WEIGHTS;
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  const values = Float64Array.from(new Float32Array(bytes.buffer));
  let place = 0;
  const take = (length: number): Float64Array => {
    place += length;
    return values.subarray(place - length, place);
  };
  return Array.from({ length: networks }, () => ({
    means: take(features),
    scales: take(features),
    hiddenWeights: take(hidden * features),
    hiddenBiases: take(hidden),
    outputWeights: take(hidden),
    directWeights: take(features),
    bias: take(1)[0]!,
  }));
}
