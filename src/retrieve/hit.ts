import type { Passage } from "../chunk/passage.ts";

/** A passage that a retriever found. */
export type Hit = {
  readonly passage: Passage;
  /** Higher is better; comparable within one list only. */
  readonly score: number;
  /** Who found it, at which place (1 is the first): `{ keyword: 1, vector: 4 }`. */
  readonly ranks: Readonly<Record<string, number>>;
};
