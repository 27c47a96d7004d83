import type { Span } from "../text/span.ts";

/** What a cut within a paragraph costs, where a passage of no length costs 1. */
const WITHIN_PARAGRAPH = 0.2;

/**
 * Packs neighbouring sentences into spans of at most `maxLength`, so that the spans are long, much of a length, and end
 * with a paragraph where that costs little. A sentence that is longer stays alone.
 */
export function packSentences(text: string, sentences: readonly Span[], maxLength: number): Span[] {
  const price = [0, ...sentences.map(() => Number.POSITIVE_INFINITY)];
  const first = sentences.map(() => 0);
  for (let to = 1; to <= sentences.length; to++) {
    const { end } = sentences[to - 1]!;
    const seam =
      to < sentences.length && !text.slice(end, sentences[to]!.start).includes("\n") ? WITHIN_PARAGRAPH : 0;
    for (let from = to - 1; from >= 0; from--) {
      const length = end - sentences[from]!.start;
      if (length > maxLength && from < to - 1) break;
      const total = price[from]! + seam + Math.max(0, 1 - length / maxLength) ** 2;
      if (total >= price[to]!) continue;
      price[to] = total;
      first[to - 1] = from;
    }
  }
  const spans: Span[] = [];
  for (let to = sentences.length; to > 0; to = first[to - 1]!) {
    spans.push({ start: sentences[first[to - 1]!]!.start, end: sentences[to - 1]!.end });
  }
  return spans.reverse();
}
