import { FIXED_FIGURES, FOUND_FIGURES, type WordFigures } from "../words/word-figures.ts";
import { BLOCK, multiplyBlock, paddedRows, type Rows } from "./multiply-block.ts";
import { RANKER_WEIGHTS } from "./ranker-weights.ts";
import { POOLS, poolWords, type WordLayer, writePooled } from "./word-layer.ts";

/** Features further than this many deviations from their mean say no more than those at it. */
const CLIP = 6;

/** What the ranker sees of a question's sentences. */
export type RankerInput = {
  /** A row of figures each sentence. */
  readonly rows: readonly Float64Array[];
  /** Of each word of the question, in each of these sentences. */
  readonly words: WordFigures;
};

/**
 * Scores sentences by how likely they hold the answer: small networks of one hidden layer, over the sentence's figures and what a word
 * layer makes of the question's words; averaged, and trained on questions with marked answers so that `exp(score)` is the odds of the
 * sentence against "nothing here answers" (see docs/evaluation.md).
 */
export class SentenceRanker {
  readonly #networks: readonly Network[];

  constructor(networks: readonly Network[] = readNetworks()) {
    this.#networks = networks;
  }

  /** One score each row. */
  score(input: RankerInput): number[] {
    const { rows } = input;
    const scores = new Float64Array(paddedRows(rows.length));
    for (const network of this.#networks) addScores(network, input, scores);
    return rows.map((_, i) => scores[i]! / this.#networks.length);
  }
}

/**
 * Row-major: unit `h` of the hidden layer has `hiddenWeights[h × inputs …]`, where the inputs are the features and then what the word
 * layer's units say. `means` and `scales` are those of the features alone.
 */
export type Network = Readonly<
  Record<
    "means" | "scales" | "hiddenWeights" | "hiddenBiases" | "outputWeights" | "directWeights",
    Float64Array
  >
> & { readonly words: WordLayer; readonly bias: number };

/** `scores` has a place for each row and for those that fill the last block. */
function addScores(network: Network, input: RankerInput, scores: Float64Array): void {
  const { hiddenWeights, hiddenBiases, outputWeights, directWeights, bias } = network;
  const inputs = readInputs(network, input);
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

/** The rows one after the other: the features, standardised, and what the word layer says. */
function readInputs({ means, scales, words: layer }: Network, { rows, words }: RankerInput): Rows {
  const features = means.length;
  const width = features + POOLS * layer.secondBiases.length;
  const values = new Float64Array(paddedRows(rows.length) * width);
  const pooled = poolWords(layer, words);
  for (const [n, row] of rows.entries()) {
    if (row.length !== features) {
      throw new RangeError(
        `The ranker was trained on ${features} features, not on ${row.length}: train it anew.`,
      );
    }
    for (let i = 0; i < features; i++) values[n * width + i] = standardise(row[i]!, means[i]!, scales[i]!);
    writePooled(pooled, n, values, n * width + features);
  }
  return { values, width };
}

/** What is unknown counts as the mean of the training sentences: it speaks neither for nor against. */
function standardise(value: number, mean: number, scale: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.max(-CLIP, Math.min(CLIP, (value - mean) * scale));
}

function readNetworks(): Network[] {
  const { features, hidden, wordUnits, networks, base64 } = RANKER_WEIGHTS;
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  const values = Float64Array.from(new Float32Array(bytes.buffer));
  const inputs = features + POOLS * wordUnits.second;
  let place = 0;
  const take = (length: number): Float64Array => {
    place += length;
    return values.subarray(place - length, place);
  };
  return Array.from({ length: networks }, () => ({
    means: take(features),
    scales: take(features),
    words: {
      fixedWeights: take(wordUnits.first * FIXED_FIGURES),
      foundWeights: take(wordUnits.first * FOUND_FIGURES),
      firstBiases: take(wordUnits.first),
      secondWeights: take(wordUnits.second * wordUnits.first),
      secondBiases: take(wordUnits.second),
    },
    hiddenWeights: take(hidden * inputs),
    hiddenBiases: take(hidden),
    outputWeights: take(hidden),
    directWeights: take(inputs),
    bias: take(1)[0]!,
  }));
}
