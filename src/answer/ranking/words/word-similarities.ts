import { BoundedCache } from "../../../bounded-cache.ts";
import type { WordVectors } from "../../../indexing/word-vectors.ts";

/** Another word for the same never counts as much as the word itself. */
const MOST_BY_MEANING = 0.95;

/** What no similarity is: not reckoned yet. */
const OPEN = -1;

/** Words of questions whose similarities are kept: each takes four bytes for every word of the corpus. */
const KEPT_WORDS = 64;

/** How alike the words of questions are to the words of the corpus. Few words are asked of, again and again: what was reckoned is kept. */
export class WordSimilarities {
  readonly #index: WordVectors;
  readonly #rows = new BoundedCache<SimilarityRow>(KEPT_WORDS);

  constructor(index: WordVectors) {
    this.#index = index;
  }

  /** `vector` is the word's unit vector; without one it is like nothing but itself. */
  of(word: string, vector: Float32Array | undefined): SimilarityRow {
    if (!vector) return new SimilarityRow(this.#index, word, undefined);
    return this.#rows.get(word, () => new SimilarityRow(this.#index, word, vector));
  }
}

/** How alike one word is to each word of the corpus, reckoned when it is asked for. */
export class SimilarityRow {
  readonly #index: WordVectors;
  readonly #vector: Float32Array | undefined;
  readonly #similarities: Float32Array;

  constructor(index: WordVectors, word: string, vector: Float32Array | undefined) {
    this.#index = index;
    this.#vector = vector;
    this.#similarities = new Float32Array(index.vocabulary.length).fill(OPEN);
    const id = index.idOf(word);
    if (id !== undefined) this.#similarities[id] = 1;
  }

  /** 1 for the word itself, else the cosine, 0 … 0.95. */
  to(id: number): number {
    const known = this.#similarities[id]!;
    return known === OPEN ? this.#reckon(id) : known;
  }

  #reckon(id: number): number {
    const similarity = this.#vector === undefined ? 0 : this.#index.similarity(id, this.#vector);
    const match = Math.min(MOST_BY_MEANING, Math.max(0, similarity));
    this.#similarities[id] = match;
    // as it is read again: four bytes hold less than a number
    return this.#similarities[id]!;
  }
}
