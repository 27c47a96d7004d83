import { type ReadText, WORD_LENGTH } from "../../reading/read-text.ts";
import type { MatchedQuestion } from "./word-matcher.ts";

/** How well each word of a question matches each word of a text, 0 … 1: word `i` and word `k` at `values[i × columns + k]`. */
export type MatchTable = {
  // plain numbers: thousands of typed arrays a second would be memory that is let go too late
  readonly values: readonly number[];
  readonly columns: number;
  /** The text's words: `WORD_LENGTH` numbers each. */
  readonly words: ReadText["words"];
};

export function matchTable({ words, matcher }: MatchedQuestion, text: ReadText): MatchTable {
  const values: number[] = [];
  for (let i = 0; i < words.length; i++) {
    for (let at = 0; at < text.words.length; at += WORD_LENGTH) values.push(matcher.match(i, text, at));
  }
  return { values, columns: text.words.length / WORD_LENGTH, words: text.words };
}

/** Where word number `column` of the text begins and ends. */
export function startOf({ words }: MatchTable, column: number): number {
  return words[column * WORD_LENGTH + 1]!;
}

export function endOf({ words }: MatchTable, column: number): number {
  return words[column * WORD_LENGTH + 2]!;
}
