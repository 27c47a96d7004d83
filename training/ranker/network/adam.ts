import { type Parameters, zeroParameters } from "./parameters.ts";

const MOMENTUM = 0.9;
const VARIANCE_MOMENTUM = 0.999;
const DECAY = 0.01;

const NAMES = ["hiddenWeights", "hiddenBiases", "outputWeights", "direct"] as const;

/** Adam with decoupled weight decay (Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019). */
export class Adam {
  readonly #parameters: Parameters;
  readonly #means: Parameters;
  readonly #variances: Parameters;
  #steps = 0;

  constructor(parameters: Parameters) {
    const hidden = parameters.hiddenBiases.length;
    const features = parameters.direct.length - 1;
    this.#parameters = parameters;
    this.#means = zeroParameters(features, hidden);
    this.#variances = zeroParameters(features, hidden);
  }

  /** Follows a gradient summed over `batch` examples, and sets it to zero. */
  step(gradient: Parameters, batch: number, rate: number): void {
    this.#steps++;
    const meanScale = 1 - MOMENTUM ** this.#steps;
    const varianceScale = 1 - VARIANCE_MOMENTUM ** this.#steps;
    for (const name of NAMES) {
      const [values, slopes] = [this.#parameters[name], gradient[name]];
      const [means, variances] = [this.#means[name], this.#variances[name]];
      for (let i = 0; i < values.length; i++) {
        const slope = slopes[i]! / batch;
        means[i] = MOMENTUM * means[i]! + 0.1 * slope;
        variances[i] = VARIANCE_MOMENTUM * variances[i]! + 0.001 * slope * slope;
        const move = means[i]! / meanScale / (Math.sqrt(variances[i]! / varianceScale) + 1e-8);
        values[i]! -= rate * (move + DECAY * values[i]!);
        slopes[i] = 0;
      }
    }
  }
}
