import type { Example } from "../gather-features.ts";

/** As in `SentenceRanker`: features further than this many deviations from their mean say no more than those at it. */
const CLIP = 6;

export type Scale = { readonly means: Float64Array; readonly deviations: Float64Array };

/** The mean and deviation of each feature over all sentences. */
export function measureScale(examples: readonly Example[], width: number): Scale {
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  let count = 0;
  for (const { features, count: rows } of examples) {
    count += rows;
    for (let place = 0; place < features.length; place++) {
      means[place % width]! += features[place]!;
      squares[place % width]! += features[place]! * features[place]!;
    }
  }
  for (let i = 0; i < width; i++) means[i]! /= count;
  // a feature that never changes would be divided by nothing
  const deviations = squares.map((square, i) => Math.sqrt(Math.max(1e-6, square / count - means[i]! ** 2)));
  return { means, deviations };
}

/** Row number `row` of the features into `values`, from `at` on. */
export function standardise(
  { features }: Example,
  { means, deviations }: Scale,
  row: number,
  { values, at }: { readonly values: Float64Array; readonly at: number },
): void {
  const width = means.length;
  for (let i = 0; i < width; i++) {
    const value = (features[row * width + i]! - means[i]!) / deviations[i]!;
    values[at + i] = Math.max(-CLIP, Math.min(CLIP, value));
  }
}
