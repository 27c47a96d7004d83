const MOMENTUM = 0.9;
const VARIANCE_MOMENTUM = 0.999;

/** Adam with decoupled weight decay (Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019). */
export class Adam {
  readonly #parameters: readonly Float64Array[];
  readonly #means: readonly Float64Array[];
  readonly #variances: readonly Float64Array[];
  readonly #decay: number;
  #steps = 0;

  constructor(parameters: readonly Float64Array[], decay: number) {
    this.#parameters = parameters;
    this.#decay = decay;
    this.#means = parameters.map(({ length }) => new Float64Array(length));
    this.#variances = parameters.map(({ length }) => new Float64Array(length));
  }

  /** Follows a gradient (in arrays as the parameters are) summed over `batch` examples, and sets it to zero. */
  step(gradient: readonly Float64Array[], batch: number, rate: number): void {
    this.#steps++;
    const meanScale = 1 - MOMENTUM ** this.#steps;
    const varianceScale = 1 - VARIANCE_MOMENTUM ** this.#steps;
    for (const [n, values] of this.#parameters.entries()) {
      const [slopes, means, variances] = [gradient[n]!, this.#means[n]!, this.#variances[n]!];
      for (let i = 0; i < values.length; i++) {
        const slope = slopes[i]! / batch;
        means[i] = MOMENTUM * means[i]! + 0.1 * slope;
        variances[i] = VARIANCE_MOMENTUM * variances[i]! + 0.001 * slope * slope;
        const move = means[i]! / meanScale / (Math.sqrt(variances[i]! / varianceScale) + 1e-8);
        values[i]! -= rate * (move + this.#decay * values[i]!);
        slopes[i] = 0;
      }
    }
  }
}
