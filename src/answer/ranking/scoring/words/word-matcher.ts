import type { ReadText } from "../../reading/read-text.ts";
import type { WeighedQuestion, WeighedWord } from "../../weigh-question.ts";
import type { SimilarityRow, WordSimilarities } from "./word-similarities.ts";

/** A question whose words can be looked for, and others that mean much the same. */
export type MatchedQuestion = WeighedQuestion & { readonly matcher: WordMatcher };

/** How well words of a text match those of one question: 1 where they are the same, else by the thesaurus or the cosine of their vectors. */
export class WordMatcher {
  readonly #words: readonly string[];
  readonly #rows: readonly SimilarityRow[];
  readonly #matches = new Map<ReadText, readonly number[]>();

  /** `vectors[i]` is the unit vector of `words[i]` where the corpus lacks that word and it could be had. */
  constructor(
    words: readonly Pick<WeighedWord, "word" | "id" | "synonyms">[],
    vectors: readonly (Float32Array | undefined)[],
    similarities: WordSimilarities,
  ) {
    this.#words = words.map(({ word }) => word);
    this.#rows = words.map((word, i) => similarities.of(word, vectors[i]));
  }

  /** Each word's best match in a text, 0 … 1. */
  matchAll(text: ReadText): readonly number[] {
    const known = this.#matches.get(text);
    if (known) return known;
    const { folded, words } = text;
    const matches = this.#words.map((word, i) => (folded.includes(word) ? 1 : this.#rows[i]!.best(words)));
    this.#matches.set(text, matches);
    return matches;
  }

  /** How well the question's word number `i` and the word `at` this place of a text's `words` match, 0 … 1. */
  match(i: number, { aligned, words }: ReadText, at: number): number {
    const id = words[at]!;
    if (id >= 0) return this.#rows[i]!.to(id);
    return aligned.slice(words[at + 1]!, words[at + 2]!) === this.#words[i] ? 1 : 0;
  }
}
