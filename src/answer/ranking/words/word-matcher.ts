import type { WordVectors } from "../../../indexing/word-vectors.ts";
import { type ReadText, WORD_LENGTH } from "./read-text.ts";

/** Another word for the same never counts as much as the word itself. */
const MOST_BY_MEANING = 0.95;

/** What no similarity is: not reckoned yet. */
const OPEN = -1;

/** How well words of a text match those of one question: 1 where they are the same, else the cosine of their vectors. */
export class WordMatcher {
  readonly #words: readonly string[];
  readonly #vectors: readonly (Float32Array | undefined)[];
  readonly #index: WordVectors;
  /** Of each word of the question, its similarity to every word of the corpus, or `OPEN`. */
  readonly #similarities: readonly Float32Array[];
  readonly #matches = new Map<ReadText, readonly number[]>();

  /** `vectors[i]` is the unit vector of `words[i]`, undefined where there is none. */
  constructor(
    words: readonly string[],
    vectors: readonly (ArrayLike<number> | undefined)[],
    index: WordVectors,
  ) {
    this.#words = words;
    this.#vectors = vectors.map((vector) => vector && Float32Array.from(vector));
    this.#index = index;
    this.#similarities = words.map((word) => {
      const similarities = new Float32Array(index.vocabulary.length).fill(OPEN);
      const id = index.idOf(word);
      if (id !== undefined) similarities[id] = 1;
      return similarities;
    });
  }

  /** Each word's best match in a text, 0 … 1. */
  matchAll(text: ReadText): readonly number[] {
    const known = this.#matches.get(text);
    if (known) return known;
    const matches = this.#words.map((word, i) => (text.folded.includes(word) ? 1 : this.#bestMatch(i, text)));
    this.#matches.set(text, matches);
    return matches;
  }

  #bestMatch(i: number, text: ReadText): number {
    const { words } = text;
    let best = 0;
    for (let at = 0; at < words.length; at += WORD_LENGTH) {
      const match = this.match(i, text, at);
      if (match > best) best = match;
    }
    return best;
  }

  /** How well the question's word number `i` and the word `at` this place of a text's `words` match, 0 … 1. */
  match(i: number, text: ReadText, at: number): number {
    const id = text.words[at]!;
    if (id < 0) return text.wordBetween(text.words[at + 1]!, text.words[at + 2]!) === this.#words[i] ? 1 : 0;
    const similarities = this.#similarities[i]!;
    const known = similarities[id]!;
    return known === OPEN ? this.#reckon(i, id) : known;
  }

  #reckon(i: number, id: number): number {
    const vector = this.#vectors[i];
    const similarity = vector === undefined ? 0 : this.#index.similarity(id, vector);
    const match = Math.min(MOST_BY_MEANING, Math.max(0, similarity));
    this.#similarities[i]![id] = match;
    return match;
  }
}
