import type { Article, Heading } from "../corpus/article.ts";
import type { Span } from "../text/span.ts";

/** What stands under one heading. */
export type Section = {
  /** Outermost first, without the article's title. */
  readonly headings: readonly string[];
  readonly sentences: readonly Span[];
};

/** The sections of an article, empty ones left out. An article that is nothing but headings is one section. */
export function readSections({ text, headings = [] }: Article, sentences: readonly Span[]): Section[] {
  const sections: { headings: string[]; sentences: Span[] }[] = [{ headings: [], sentences: [] }];
  let above: Heading[] = [];
  let next = 0;
  for (const sentence of sentences) {
    let passed = false;
    while (next < headings.length && headings[next]!.span.start < sentence.end) {
      above = under(above, headings[next]!, sections.at(-1)!.sentences.length === 0);
      sections.push({ headings: above.map(({ span }) => text.slice(span.start, span.end)), sentences: [] });
      passed = true;
      next++;
    }
    const isHeading = passed || (next > 0 && sentence.start < headings[next - 1]!.span.end);
    if (!isHeading) sections.at(-1)!.sentences.push(sentence);
  }
  const filled = sections.filter((section) => section.sentences.length > 0);
  return filled.length > 0 ? filled : [{ headings: [], sentences }];
}

/** Two headings of one level with nothing between them are one heading on two lines. */
function under(above: readonly Heading[], heading: Heading, adjoining: boolean): Heading[] {
  if (heading.level === 0) return [];
  return [
    ...above.filter(({ level }) => level < heading.level || (adjoining && level === heading.level)),
    heading,
  ];
}
