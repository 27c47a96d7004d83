import { paddedRows, type Rows } from "../../../src/answer/ranking/scoring/multiply-block.ts";
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

/** A row a sentence. */
export function standardise({ features, count }: Example, { means, deviations }: Scale): Rows {
  const width = means.length;
  const values = new Float64Array(paddedRows(count) * width);
  for (let place = 0, i = 0; place < features.length; place++) {
    values[place] = Math.max(-CLIP, Math.min(CLIP, (features[place]! - means[i]!) / deviations[i]!));
    i = i + 1 === width ? 0 : i + 1;
  }
  return { values, width };
}
