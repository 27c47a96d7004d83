import { WenjuError } from "../../errors.ts";

/** Throws `INDEX_MISMATCH` unless every vector has `dimensions` finite numbers and the length 1. */
export function checkUnitVectors(vectors: readonly ArrayLike<number>[], dimensions: number): void {
  for (const [place, vector] of vectors.entries()) {
    const length = checkedLength(vector, dimensions, `Vector ${place}`);
    // a tenth of a percent: float32 and int8 round
    if (Math.abs(length - 1) > 1e-3) throw unfit(`Vector ${place} has the length ${length}, not 1`);
  }
}

/** Throws `INDEX_MISMATCH` unless the vector has `dimensions` finite numbers. Returns its length. */
export function checkQueryVector(vector: ArrayLike<number>, dimensions: number): number {
  return checkedLength(vector, dimensions, "The query's vector");
}

function checkedLength(vector: ArrayLike<number>, dimensions: number, name: string): number {
  if (vector.length !== dimensions) {
    throw unfit(`${name} has ${vector.length} dimensions, not ${dimensions}`);
  }
  let squares = 0;
  for (let i = 0; i < dimensions; i++) {
    const value = vector[i];
    if (typeof value !== "number" || !Number.isFinite(value)) throw unfit(`${name} holds ${String(value)}`);
    squares += value * value;
  }
  return Math.sqrt(squares);
}

function unfit(what: string): WenjuError {
  return new WenjuError(
    "INDEX_MISMATCH",
    `${what}: it does not come from the model of this index. Run "npx wenju index" with the model in use.`,
  );
}
