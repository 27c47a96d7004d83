import type { WordVectors } from "../../../indexing/word-vectors.ts";
import type { AnswerKind } from "../../../question/asking-phrases.ts";
import { contentWords } from "../../../text/content-words.ts";
import type { Span } from "../../../text/span.ts";
import { findCandidates } from "../answer-candidates.ts";

/** Numbers that tell of one word: its id, or -1 where the corpus's vectors lack it, and where it begins and ends. */
export const WORD_LENGTH = 3;

/**
 * A text in which words are looked for. Cutting it into words takes longer than all that is done with them: that is put off until
 * they are asked for, and what is kept is small, so that much of it can be.
 */
export class ReadText {
  readonly folded: string;
  readonly aligned: string;
  readonly #vectors: WordVectors;
  readonly #candidates = new Map<AnswerKind, readonly Span[]>();
  #words: Int32Array | undefined;

  /** Of one text, `aligned` was folded with `foldAligned`: the words have their places in it. */
  constructor(folded: string, aligned: string, vectors: WordVectors) {
    this.folded = folded;
    this.aligned = aligned;
    this.#vectors = vectors;
  }

  /** Its words that mean something by themselves, `WORD_LENGTH` numbers each. */
  get words(): Int32Array {
    this.#words ??= Int32Array.from(
      contentWords(this.aligned).flatMap(({ word, start, end }) => [
        this.#vectors.idOf(word) ?? -1,
        start,
        end,
      ]),
    );
    return this.#words;
  }

  /** What in it could be an answer of a kind, in `aligned`. */
  candidates(kind: AnswerKind): readonly Span[] {
    const candidates = this.#candidates.get(kind) ?? findCandidates(kind, this.aligned);
    this.#candidates.set(kind, candidates);
    return candidates;
  }

  /** The word between two places. */
  wordBetween(start: number, end: number): string {
    return this.aligned.slice(start, end);
  }
}
