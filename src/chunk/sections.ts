import type { Article } from "../corpus/article.ts";
import type { Span } from "../text/span.ts";
import { headingsTrail } from "./headings-trail.ts";
import { partAtHeadings } from "./part-at-headings.ts";

/** What stands under one heading. */
export type Section = {
  /** Outermost first, without the article's title. */
  readonly headings: readonly string[];
  readonly sentences: readonly Span[];
};

/** The sections of an article, empty ones left out. An article that is nothing but headings is one section. */
export function readSections(article: Article, sentences: readonly Span[]): Section[] {
  const parts = partAtHeadings(article.headings ?? [], sentences);
  const trail = headingsTrail(article.text, parts);
  const sections = parts.map(({ above, sentences }, i) => {
    const headings = trail ? (parts[i + 1]?.above ?? []) : above;
    return { headings: headings.map(({ span }) => article.text.slice(span.start, span.end)), sentences };
  });
  const filled = sections.filter((section) => section.sentences.length > 0);
  return filled.length > 0 || sentences.length === 0 ? filled : [{ headings: [], sentences }];
}
