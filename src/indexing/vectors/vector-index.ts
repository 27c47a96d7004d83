/** The number of a stored vector (its place in the order of adding) and its cosine similarity to the query, -1 … 1. */
export type ScoredId = { readonly id: number; readonly score: number };

/** Nearest neighbours by cosine. Vectors are numbered 0, 1, 2 … in the order they were added. */
export interface VectorIndex {
  readonly size: number;
  readonly dimensions: number;
  /** Adds unit vectors of `dimensions` finite numbers each; anything else throws `INDEX_MISMATCH` and adds nothing. */
  add(vectors: readonly (readonly number[])[]): void;
  /** The `limit` nearest, best first; fewer where fewer are stored. */
  search(vector: readonly number[], limit: number): ScoredId[];
}
