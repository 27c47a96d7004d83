/** Rows that are multiplied with a weight once it is there: more would not fit into the processor's registers. */
export const BLOCK = 4;

/** Rows of numbers one after the other, as many as `paddedRows` says. */
export type Rows = { readonly values: Float64Array; readonly width: number };

/** How many rows there must be room for: those that fill the last block are multiplied too. */
export function paddedRows(count: number): number {
  return Math.ceil(count / BLOCK) * BLOCK;
}

/** The products of row number `weightRow` of the weights, each as wide as the rows, and `BLOCK` rows from `row` on, into `sums`. */
export function multiplyBlock(
  weights: Float64Array,
  weightRow: number,
  { values, width }: Rows,
  row: number,
  sums: Float64Array,
): void {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const weightsAt = weightRow * width;
  const at = row * width;
  for (let i = 0; i < width; i++) {
    const weight = weights[weightsAt + i]!;
    first += weight * values[at + i]!;
    second += weight * values[at + width + i]!;
    third += weight * values[at + 2 * width + i]!;
    fourth += weight * values[at + 3 * width + i]!;
  }
  sums[0] = first;
  sums[1] = second;
  sums[2] = third;
  sums[3] = fourth;
}
