import type { WordVectors } from "../../../indexing/word-vectors.ts";
import { contentWords } from "../../../text/content-words.ts";
import { findQuantities, QUANTITIES } from "../../../text/quantities.ts";

/** Numbers that tell of one word: its id, or -1 where the corpus's vectors lack it, and where it begins and ends. */
export const WORD_LENGTH = 3;

/** Numbers that tell of one quantity: its place in `QUANTITIES`, and where it begins and ends. */
export const QUANTITY_LENGTH = 3;

/** A text in which words are looked for. It can be sent to another thread. */
export type ReadText = {
  /** Folded, with its Chinese numerals written out in Arabic ones behind it. */
  readonly folded: string;
  /** Folded character by character: offsets are those of the text. */
  readonly aligned: string;
  /** Its words that mean something by themselves, at their places in `aligned`: `WORD_LENGTH` numbers each. */
  readonly words: Int32Array;
  /** The quantities in `aligned`: `QUANTITY_LENGTH` numbers each. */
  readonly quantities: Int32Array;
};

/** Cuts a text into words. That takes longer than all that is done with them. */
export function readText(
  { folded, aligned }: Pick<ReadText, "folded" | "aligned">,
  vectors: Pick<WordVectors, "idOf">,
): ReadText {
  const words = contentWords(aligned).flatMap(({ word, start, end }) => [
    vectors.idOf(word) ?? -1,
    start,
    end,
  ]);
  const quantities = findQuantities(aligned).flatMap(({ quantity, start, end }) => [
    QUANTITIES.indexOf(quantity),
    start,
    end,
  ]);
  return { folded, aligned, words: Int32Array.from(words), quantities: Int32Array.from(quantities) };
}
