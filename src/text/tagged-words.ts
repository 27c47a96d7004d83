import { tagWords } from "./segment.ts";
import type { Span } from "./span.ts";

/** A word at its place, with its part of speech in jieba's notation. */
export type Token = Span & { readonly word: string; readonly tag: string };

/** Every word of a folded text. */
export function tokenize(folded: string): Token[] {
  let start = 0;
  return tagWords(folded).map(({ word, tag }) => {
    const token = { start, end: start + word.length, word, tag };
    start = token.end;
    return token;
  });
}
