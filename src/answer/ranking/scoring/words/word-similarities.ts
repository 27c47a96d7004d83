import { BoundedCache } from "../../../../bounded-cache.ts";
import type { ByteVectors } from "../../../../indexing/vectors/byte-vectors.ts";
import { type ReadText, WORD_LENGTH } from "../../reading/read-text.ts";

/** Another word for the same never counts as much as the word itself. */
const MOST_BY_MEANING = 0.95;

/** What no similarity is: not reckoned yet. */
const OPEN = -1;

/** Words of questions whose similarities are kept: each takes four bytes for every word of the corpus. */
const KEPT_WORDS = 64;

/** How alike the words of questions are to the words of the corpus. Few words are asked of, again and again: what was reckoned is kept. */
export class WordSimilarities {
  readonly #corpus: ByteVectors;
  readonly #rows = new BoundedCache<SimilarityRow>(KEPT_WORDS);

  /** `corpus` holds the vectors of the corpus's words by id. */
  constructor(corpus: ByteVectors) {
    this.#corpus = corpus;
  }

  /** Of a word with this id, or of one that the corpus lacks with this unit vector; without either it is like nothing. */
  of(word: string, id: number | undefined, vector: Float32Array | undefined): SimilarityRow {
    if (id !== undefined) {
      return this.#rows.get(word, () => new SimilarityRow(this.#corpus, this.#corpus.unitVectorOf(id), id));
    }
    if (!vector) return new SimilarityRow(this.#corpus, undefined);
    return this.#rows.get(word, () => new SimilarityRow(this.#corpus, vector));
  }
}

/** How alike one word is to each word of the corpus, reckoned when it is asked for. */
export class SimilarityRow {
  readonly #corpus: ByteVectors;
  readonly #vector: Float32Array | undefined;
  readonly #similarities: Float32Array;

  constructor(corpus: ByteVectors, vector: Float32Array | undefined, id?: number) {
    this.#corpus = corpus;
    this.#vector = vector;
    this.#similarities = new Float32Array(corpus.size).fill(OPEN);
    if (id !== undefined) this.#similarities[id] = 1;
  }

  /** 1 for the word itself, else the cosine, 0 … 0.95. */
  to(id: number): number {
    const known = this.#similarities[id]!;
    return known === OPEN ? this.#reckon(id) : known;
  }

  /** The highest of those to the `words` of a text; 0 where there are none. */
  best(words: ReadText["words"]): number {
    const similarities = this.#similarities;
    let best = 0;
    for (let at = 0; at < words.length; at += WORD_LENGTH) {
      const id = words[at]!;
      if (id < 0) continue;
      const known = similarities[id]!;
      const similarity = known === OPEN ? this.#reckon(id) : known;
      if (similarity > best) best = similarity;
    }
    return best;
  }

  #reckon(id: number): number {
    const similarity = this.#vector === undefined ? 0 : this.#corpus.similarity(id, this.#vector);
    this.#similarities[id] = Math.min(MOST_BY_MEANING, Math.max(0, similarity));
    // as it is read again: four bytes hold less than a number
    return this.#similarities[id]!;
  }
}
