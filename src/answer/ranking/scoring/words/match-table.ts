import { type ReadText, WORD_LENGTH } from "../../reading/read-text.ts";
import type { MatchedQuestion } from "./word-matcher.ts";

/** How well each word of a question matches each word of a text, 0 … 1: word `i` and word `k` at `values[i × columns + k]`. */
export type MatchTable = {
  readonly values: Float64Array;
  readonly columns: number;
  /** Where the text's words begin and end. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
};

export function matchTable({ words, matcher }: MatchedQuestion, text: ReadText): MatchTable {
  const columns = text.words.length / WORD_LENGTH;
  const table = {
    values: new Float64Array(words.length * columns),
    columns,
    starts: new Int32Array(columns),
    ends: new Int32Array(columns),
  };
  for (let column = 0; column < columns; column++) {
    const at = column * WORD_LENGTH;
    table.starts[column] = text.words[at + 1]!;
    table.ends[column] = text.words[at + 2]!;
    for (let i = 0; i < words.length; i++) table.values[i * columns + column] = matcher.match(i, text, at);
  }
  return table;
}
