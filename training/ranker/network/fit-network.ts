import type { Network } from "../../../src/answer/ranking/scoring/sentence-ranker.ts";
import type { Example } from "../gather-features.ts";
import { Adam } from "./adam.ts";
import { addGradient } from "./add-gradient.ts";
import { arraysOf, initialParameters, type Parameters, zeroParameters } from "./parameters.ts";
import { seededRandom, shuffledPlaces } from "./random.ts";
import { measureScale, type Scale, standardise } from "./standardise.ts";

export type FitOptions = {
  readonly seed: number;
  /** Units of the hidden layer. Default 24. */
  readonly hidden?: number;
  /** Default 20. */
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
  { seed, hidden = 24, epochs = 20, onEpoch }: FitOptions,
): Network {
  const random = seededRandom(seed);
  const width = widthOf(examples);
  const scale = measureScale(examples, width);
  const parameters = initialParameters(width, hidden, random);
  const gradient = zeroParameters(width, hidden);
  const slopes = arraysOf(gradient);
  const adam = new Adam(arraysOf(parameters), DECAY);
  const usable = examples.filter(isUsable);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs));
    let loss = 0;
    // what is left of a batch at the end of an epoch goes into the first of the next
    shuffledPlaces(usable.length, random).forEach((place, i) => {
      const example = usable[place]!;
      const kept = Float64Array.from({ length: hidden }, () => (random() < DROPPED ? 0 : 1 / (1 - DROPPED)));
      loss += addGradient(parameters, gradient, example, standardise(example, scale), kept);
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

function toNetwork(
  { hiddenWeights, hiddenBiases, outputWeights, direct }: Parameters,
  scale: Scale,
): Network {
  const width = direct.length - 1;
  return {
    means: Float64Array.from(scale.means),
    scales: Float64Array.from(scale.deviations, (deviation) => 1 / deviation),
    hiddenWeights,
    hiddenBiases,
    outputWeights,
    directWeights: direct.subarray(0, width),
    bias: direct[width]!,
  };
}
