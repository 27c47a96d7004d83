import { BoundedCache } from "../../../../bounded-cache.ts";
import type { ByteVectors } from "../../../../indexing/vectors/byte-vectors.ts";
import { type ReadText, WORD_LENGTH } from "../../reading/read-text.ts";
import type { WeighedWord } from "../../weigh-question.ts";

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

  /** Of a word that the corpus lacks with this unit vector; without a vector it is like its synonyms alone. */
  of(asked: AskedWord, vector: Float32Array | undefined): SimilarityRow {
    const { word, id } = asked;
    if (id === undefined && !vector) return new SimilarityRow(this.#corpus, undefined, asked);
    return this.#rows.get(word, () => {
      const known = id === undefined ? vector : this.#corpus.unitVectorOf(id);
      return new SimilarityRow(this.#corpus, known, asked);
    });
  }
}

type AskedWord = Pick<WeighedWord, "word" | "id" | "synonyms">;

/** How alike one word is to each word of the corpus, by the thesaurus or by their vectors; reckoned when it is asked for. */
export class SimilarityRow {
  readonly #corpus: ByteVectors;
  readonly #vector: Float32Array | undefined;
  readonly #similarities: Float32Array;

  constructor(
    corpus: ByteVectors,
    vector: Float32Array | undefined,
    { id, synonyms }: Omit<AskedWord, "word">,
  ) {
    this.#corpus = corpus;
    this.#vector = vector;
    this.#similarities = new Float32Array(corpus.size).fill(OPEN);
    for (const { id: synonym, likeness } of synonyms) {
      this.#similarities[synonym] = Math.max(likeness, this.#reckon(synonym));
    }
    if (id !== undefined) this.#similarities[id] = 1;
  }

  /** 1 for the word itself, else what the thesaurus says or the cosine, whichever is more, 0 … 0.95. */
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
