import { checkQueryVector, checkUnitVectors } from "./check-vectors.ts";
import type { ScoredId, VectorIndex } from "./vector-index.ts";

/** Compares the query with every vector: always right, and slow beyond some ten thousand. */
export class ExactIndex implements VectorIndex {
  readonly dimensions: number;
  readonly #vectors: Float32Array[] = [];

  constructor({ dimensions }: { readonly dimensions: number }) {
    this.dimensions = dimensions;
  }

  get size(): number {
    return this.#vectors.length;
  }

  add(vectors: readonly (readonly number[])[]): void {
    checkUnitVectors(vectors, this.dimensions);
    for (const vector of vectors) this.#vectors.push(Float32Array.from(vector));
  }

  search(vector: readonly number[], limit: number): ScoredId[] {
    const length = checkQueryVector(vector, this.dimensions) || 1;
    const scored = this.#vectors.map((other, id) => ({ id, score: dot(vector, other) / length }));
    return scored.sort((a, b) => b.score - a.score || a.id - b.id).slice(0, Math.max(0, limit));
  }
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
