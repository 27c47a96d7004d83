import { gaussian, type Random } from "./random.ts";

/** What is fitted, or its gradient. Unit `h` of the hidden layer has `hiddenWeights[h × features …]`. */
export type Parameters = {
  readonly hiddenWeights: Float64Array;
  readonly hiddenBiases: Float64Array;
  readonly outputWeights: Float64Array;
  /** Straight from the features to the score, and the bias behind them. */
  readonly direct: Float64Array;
};

/** In the order in which they are kept together. */
export function arraysOf({ hiddenWeights, hiddenBiases, outputWeights, direct }: Parameters): Float64Array[] {
  return [hiddenWeights, hiddenBiases, outputWeights, direct];
}

export function zeroParameters(features: number, hidden: number): Parameters {
  return {
    hiddenWeights: new Float64Array(hidden * features),
    hiddenBiases: new Float64Array(hidden),
    outputWeights: new Float64Array(hidden),
    direct: new Float64Array(features + 1),
  };
}

export function initialParameters(features: number, hidden: number, random: Random): Parameters {
  const start = zeroParameters(features, hidden);
  start.hiddenWeights.forEach((_, i, all) => {
    all[i] = gaussian(random) * Math.sqrt(1 / features);
  });
  start.outputWeights.forEach((_, i, all) => {
    all[i] = gaussian(random) * 0.1;
  });
  return start;
}
