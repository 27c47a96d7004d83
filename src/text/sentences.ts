import type { Span } from "./span.ts";

/** What ends a sentence; closing quotes and brackets after it still belong to it. */
const SENTENCE = /[^。！？!?；;…\n]*(?:[。！？!?；;…]+[”’」』）)】》〉"']*|\n|$)/gu;

/** Cuts a clean text into its sentences, headings and captions. White space around a sentence belongs to none. */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(SENTENCE)) {
    const span = trimSpan(text, { start: match.index, end: match.index + match[0].length });
    if (span.end > span.start) spans.push(span);
  }
  return spans;
}

/** The span without the white space at its two ends. */
export function trimSpan(text: string, { start, end }: Span): Span {
  while (start < end && /\s/u.test(text[start]!)) start++;
  while (end > start && /\s/u.test(text[end - 1]!)) end--;
  return { start, end };
}
