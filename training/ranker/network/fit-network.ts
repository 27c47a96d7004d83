import { paddedRows, type Rows } from "../../../src/answer/ranking/scoring/network/multiply-block.ts";
import type { Network } from "../../../src/answer/ranking/scoring/network/sentence-ranker.ts";
import {
  type PooledWords,
  poolWords,
  writePooled,
} from "../../../src/answer/ranking/scoring/network/word-layer.ts";
import { FOUND_FIGURES, type WordFigures } from "../../../src/answer/ranking/scoring/words/word-figures.ts";
import type { Example } from "../gather-features.ts";
import { Adam } from "./adam.ts";
import { addGradient, compare, scoreSentences } from "./add-gradient.ts";
import { addWordGradient } from "./add-word-gradient.ts";
import { LookedAt } from "./looked-at.ts";
import {
  arraysOf,
  initialParameters,
  inputsOf,
  type Parameters,
  type Shape,
  zeroParameters,
} from "./parameters.ts";
import { seededRandom, shuffledPlaces } from "./random.ts";
import { measureScale, type Scale, standardise } from "./standardise.ts";

export type FitOptions = {
  readonly seed: number;
  /** Units of the hidden layer, and of the word layer. Default 32, 24 and 24. */
  readonly hidden?: number;
  readonly wordUnits?: Shape["wordUnits"];
  /** Default 12. */
  readonly epochs?: number;
  /** Told of every pass over the examples, from 1, and of its mean loss. */
  readonly onEpoch?: (epoch: number, loss: number) => void;
};

const RATE = 0.003;
const BATCH = 32;
const DROPPED = 0.2;
const DECAY = 0.01;

/** Fits a network to examples of one width: the same examples and seed, the same network. */
export function fitNetwork(
  examples: readonly Example[],
  { seed, hidden = 32, wordUnits = { first: 24, second: 24 }, epochs = 12, onEpoch }: FitOptions,
): Network {
  const random = seededRandom(seed);
  const shape: Shape = { features: widthOf(examples), wordUnits, hidden };
  const scale = measureScale(examples, shape.features);
  const parameters = initialParameters(shape, random);
  const gradient = zeroParameters(shape);
  const slopes = arraysOf(gradient);
  const adam = new Adam(arraysOf(parameters), DECAY);
  const usable = examples.filter(isUsable);
  const lookedAt = new LookedAt();
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs));
    let loss = 0;
    // what is left of a batch at the end of an epoch goes into the first of the next
    shuffledPlaces(usable.length, random).forEach((place, i) => {
      const example = usable[place]!;
      const kept = Float64Array.from({ length: hidden }, () => (random() < DROPPED ? 0 : 1 / (1 - DROPPED)));
      loss += learn({ parameters, gradient, shape, scale }, example, { kept, lookedAt, epoch });
      if ((i + 1) % BATCH === 0) adam.step(slopes, BATCH, rate);
    });
    onEpoch?.(epoch + 1, loss / usable.length);
  }
  return toNetwork(parameters, scale);
}

function widthOf(examples: readonly Example[]): number {
  const example = examples.find(({ count }) => count > 0);
  return example ? example.features.length / example.count : 0;
}

/** What was not found cannot be ranked. */
function isUsable({ count, answers, isAnswerable }: Example): boolean {
  return count > 0 && (!isAnswerable || answers.includes(true));
}

type Fit = {
  readonly parameters: Parameters;
  readonly gradient: Parameters;
  readonly shape: Shape;
  readonly scale: Scale;
};

type Turn = { readonly kept: Float64Array; readonly lookedAt: LookedAt; readonly epoch: number };

/** Adds what an example teaches to the gradient, and returns its loss. */
function learn({ parameters, gradient, shape, scale }: Fit, example: Example, turn: Turn): number {
  const { kept, lookedAt, epoch } = turn;
  const rows = lookedAt.rowsOf(example, epoch);
  const figures = selectWords(example.words, rows);
  const pooled = poolWords(parameters.words, figures, { keepsAll: true });
  const inputs = readInputs({ shape, scale }, example, { rows, pooled });
  const scored = scoreSentences(parameters, inputs, rows.length, kept);
  const comparison = compare(
    { ...example, answers: rows.map((row) => example.answers[row]!) },
    scored.scores,
  );
  lookedAt.learn(example, comparison, epoch);
  const inputSlopes = addGradient(
    parameters,
    gradient,
    { ...scored, slopes: comparison.slopes, kept },
    shape.features,
  );
  addWordGradient(parameters.words, gradient.words, { figures, pooled, slopes: inputSlopes });
  return comparison.loss;
}

function selectWords(figures: WordFigures, rows: readonly number[]): WordFigures {
  if (rows.length === figures.sentences) return figures;
  const length = figures.words * FOUND_FIGURES;
  const found = new Float32Array(rows.length * length);
  rows.forEach((row, i) => {
    found.set(figures.found.subarray(row * length, (row + 1) * length), i * length);
  });
  return { ...figures, sentences: rows.length, found };
}

function readInputs(
  { shape, scale }: Pick<Fit, "shape" | "scale">,
  example: Example,
  { rows, pooled }: { readonly rows: readonly number[]; readonly pooled: PooledWords },
): Rows {
  const width = inputsOf(shape);
  const values = new Float64Array(paddedRows(rows.length) * width);
  rows.forEach((row, i) => {
    standardise(example, scale, row, { values, at: i * width });
    writePooled(pooled, i, values, i * width + shape.features);
  });
  return { values, width };
}

function toNetwork(
  { words, hiddenWeights, hiddenBiases, outputWeights, direct }: Parameters,
  scale: Scale,
): Network {
  const inputs = direct.length - 1;
  return {
    means: Float64Array.from(scale.means),
    scales: Float64Array.from(scale.deviations, (deviation) => 1 / deviation),
    words,
    hiddenWeights,
    hiddenBiases,
    outputWeights,
    directWeights: direct.subarray(0, inputs),
    bias: direct[inputs]!,
  };
}
