import { dotProduct } from "../../dot-product.ts";
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
    return rows.map((row) => {
      const scores = this.#networks.map((network) => run(network, row));
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    });
  }
}

/** Row-major: unit `h` of the hidden layer has `hiddenWeights[h × features …]`. */
export type Network = Readonly<
  Record<
    "means" | "scales" | "hiddenWeights" | "hiddenBiases" | "outputWeights" | "directWeights",
    Float64Array
  >
> & { readonly bias: number };

function run(network: Network, row: Float64Array): number {
  const { means, scales, hiddenWeights, hiddenBiases, outputWeights, directWeights, bias } = network;
  if (row.length !== means.length) {
    throw new RangeError(
      `The ranker was trained on ${means.length} features, not on ${row.length}: train it anew.`,
    );
  }
  const width = row.length;
  const inputs = new Float64Array(width);
  for (let i = 0; i < width; i++) inputs[i] = standardise(row[i]!, means[i]!, scales[i]!);
  let score = bias + dotProduct(directWeights, 0, inputs, 0, width);
  for (let unit = 0; unit < hiddenBiases.length; unit++) {
    const sum = hiddenBiases[unit]! + dotProduct(hiddenWeights, unit * width, inputs, 0, width);
    score += outputWeights[unit]! * Math.tanh(sum);
  }
  return score;
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
