import { POOLS, type WordLayer } from "../../../src/answer/ranking/scoring/network/word-layer.ts";
import { FIXED_FIGURES, FOUND_FIGURES } from "../../../src/answer/ranking/scoring/words/word-figures.ts";
import { gaussian, type Random } from "./random.ts";

/** What is fitted, or its gradient. Unit `h` of the hidden layer has `hiddenWeights[h × inputs …]`. */
export type Parameters = {
  readonly words: WordLayer;
  readonly hiddenWeights: Float64Array;
  readonly hiddenBiases: Float64Array;
  readonly outputWeights: Float64Array;
  /** Straight from the inputs to the score, and the bias behind them. */
  readonly direct: Float64Array;
};

/** How many features a sentence has, and how many units each layer. */
export type Shape = {
  readonly features: number;
  readonly wordUnits: { readonly first: number; readonly second: number };
  readonly hidden: number;
};

/** In the order in which they are kept together. */
export function arraysOf({
  words,
  hiddenWeights,
  hiddenBiases,
  outputWeights,
  direct,
}: Parameters): Float64Array[] {
  return [
    words.fixedWeights,
    words.foundWeights,
    words.firstBiases,
    words.secondWeights,
    words.secondBiases,
    hiddenWeights,
    hiddenBiases,
    outputWeights,
    direct,
  ];
}

/** The features and what the word layer says. */
export function inputsOf({ features, wordUnits }: Shape): number {
  return features + POOLS * wordUnits.second;
}

export function zeroParameters(shape: Shape): Parameters {
  const { wordUnits, hidden } = shape;
  const inputs = inputsOf(shape);
  return {
    words: {
      fixedWeights: new Float64Array(wordUnits.first * FIXED_FIGURES),
      foundWeights: new Float64Array(wordUnits.first * FOUND_FIGURES),
      firstBiases: new Float64Array(wordUnits.first),
      secondWeights: new Float64Array(wordUnits.second * wordUnits.first),
      secondBiases: new Float64Array(wordUnits.second),
    },
    hiddenWeights: new Float64Array(hidden * inputs),
    hiddenBiases: new Float64Array(hidden),
    outputWeights: new Float64Array(hidden),
    direct: new Float64Array(inputs + 1),
  };
}

/** Weights drawn so that what comes out varies as much as what goes in, whether half of it is cut off at 0 (He et al., 2015) or not. */
export function initialParameters(shape: Shape, random: Random): Parameters {
  const start = zeroParameters(shape);
  const { words } = start;
  const draw = (weights: Float64Array, variance: number) => {
    for (let i = 0; i < weights.length; i++) weights[i] = gaussian(random) * Math.sqrt(variance);
  };
  draw(words.fixedWeights, 1 / (FIXED_FIGURES + FOUND_FIGURES));
  draw(words.foundWeights, 2 / (FIXED_FIGURES + FOUND_FIGURES));
  draw(words.secondWeights, 2 / shape.wordUnits.first);
  draw(start.hiddenWeights, 1 / inputsOf(shape));
  draw(start.outputWeights, 0.01);
  return start;
}
