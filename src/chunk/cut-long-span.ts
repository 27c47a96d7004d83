import { trimSpan } from "../text/sentences.ts";
import type { Span } from "../text/span.ts";

/** The best place for a cut first: after a semicolon, after a comma, after a space. */
const SEAMS = [/[；;。！？!?][”’」』）)]*/gu, /[，,：:][”’」』）)]*|——/gu, /[、\s]/gu];

/** The span itself, or its parts of at most `maxLength` UTF-16 units; no character is cut in two. */
export function cutLongSpan(text: string, span: Span, maxLength: number): Span[] {
  const parts: Span[] = [];
  let { start } = span;
  while (span.end - start > maxLength) {
    const cut = start + cutPlace(text.slice(start, start + maxLength + 1), maxLength);
    parts.push(trimSpan(text, { start, end: cut }));
    start = cut;
  }
  parts.push(trimSpan(text, { start, end: span.end }));
  return parts.filter(({ start, end }) => end > start);
}

/** The last seam that leaves a part worth having; where there is none, the last whole character. */
function cutPlace(text: string, maxLength: number): number {
  for (const seam of SEAMS) {
    const ends = [...text.matchAll(seam)].map(({ index, 0: { length } }) => index + length);
    const last = ends.filter((end) => end <= maxLength && end >= maxLength / 3).at(-1);
    if (last) return last;
  }
  return wholeCharacters(text, maxLength);
}

const CHARACTERS = new Intl.Segmenter("zh", { granularity: "grapheme" });

/** One character may be longer than a part: then it is the part. */
function wholeCharacters(text: string, maxLength: number): number {
  let end = 0;
  for (const { index, segment } of CHARACTERS.segment(text)) {
    if (index + segment.length > maxLength && end > 0) break;
    end = index + segment.length;
  }
  return end;
}
