import type { WordVectors } from "../../indexing/word-vectors.ts";
import { contentWords } from "../../text/content-words.ts";
import type { Token } from "../../text/tagged-words.ts";

/** A text in which words are looked for: its folded form, and its words. */
export type ReadText = { readonly folded: string; readonly words: readonly ReadWord[] };
export type ReadWord = Token & { readonly id: number | undefined };

/** Another word for the same never counts as much as the word itself. */
const MOST_BY_MEANING = 0.95;

/** Reads a text whose words keep their places in it: `aligned` was folded with `foldAligned`. */
export function readText(folded: string, aligned: string, vectors: WordVectors): ReadText {
  return { folded, words: contentWords(aligned).map((word) => ({ ...word, id: vectors.idOf(word.word) })) };
}

/** How well words of a text match those of one question: 1 where they are the same, else the cosine of their vectors. */
export class WordMatcher {
  readonly #words: readonly string[];
  readonly #vectors: readonly (ArrayLike<number> | undefined)[];
  readonly #index: WordVectors;
  readonly #similarities: readonly Map<number, number>[];
  readonly #matches = new Map<ReadText, readonly number[]>();

  /** `vectors[i]` is the unit vector of `words[i]`, undefined where there is none. */
  constructor(
    words: readonly string[],
    vectors: readonly (ArrayLike<number> | undefined)[],
    index: WordVectors,
  ) {
    this.#words = words;
    this.#vectors = vectors;
    this.#index = index;
    this.#similarities = words.map(() => new Map());
  }

  /** Each word's best match in a text, 0 … 1. */
  matchAll(text: ReadText): readonly number[] {
    const known = this.#matches.get(text);
    if (known) return known;
    const matches = this.#words.map((word, i) => {
      if (text.folded.includes(word)) return 1;
      return text.words.reduce((best, read) => Math.max(best, this.match(i, read)), 0);
    });
    this.#matches.set(text, matches);
    return matches;
  }

  /** How well the question's word number `i` and a word of a text match, 0 … 1. */
  match(i: number, { word, id }: ReadWord): number {
    if (word === this.#words[i]) return 1;
    const vector = this.#vectors[i];
    if (id === undefined || vector === undefined) return 0;
    const similarities = this.#similarities[i]!;
    let similarity = similarities.get(id);
    if (similarity === undefined) {
      similarity = Math.min(MOST_BY_MEANING, Math.max(0, this.#index.similarity(id, vector)));
      similarities.set(id, similarity);
    }
    return similarity;
  }
}
