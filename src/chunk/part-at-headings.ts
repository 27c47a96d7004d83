import type { Heading } from "../corpus/article.ts";
import type { Span } from "../text/span.ts";

/** The sentences between two headings, and the headings above them, outermost first. */
export type Part = { readonly above: readonly Heading[]; readonly sentences: readonly Span[] };

/** Cuts at the headings. Headings with nothing between them are above the same part; the last part may be empty. */
export function partAtHeadings(headings: readonly Heading[], sentences: readonly Span[]): Part[] {
  const parts: { above: Heading[]; sentences: Span[] }[] = [{ above: [], sentences: [] }];
  let passed = 0;
  for (const sentence of sentences) {
    while (passed < headings.length && headings[passed]!.span.start < sentence.end) {
      const { above, sentences } = parts.at(-1)!;
      parts.push({ above: under(above, headings[passed]!, sentences.length === 0), sentences: [] });
      passed++;
    }
    const isHeading = passed > 0 && sentence.start < headings[passed - 1]!.span.end;
    if (!isHeading) parts.at(-1)!.sentences.push(sentence);
  }
  return parts.filter(({ sentences }, i) => sentences.length > 0 || i === parts.length - 1);
}

/** More headings in a row than these are a table of contents; the last of them count. */
const MOST_ABOVE = 12;

/** Two headings of one level with nothing between them are one heading on two lines. */
function under(above: readonly Heading[], heading: Heading, adjoining: boolean): Heading[] {
  if (heading.level === 0) return [];
  return [
    ...above.filter(({ level }) => level < heading.level || (adjoining && level === heading.level)),
    heading,
  ].slice(-MOST_ABOVE);
}
