import type { Span } from "../text/span.ts";

/** Whole sentences of one article: what is searched. `article.text.slice(span.start, span.end) === text`. */
export type Passage = {
  /** `<article id>#<start>-<end>`, e.g. `xiangtan-zhongxin-2021#120-348`. */
  readonly id: string;
  readonly articleId: string;
  /** The article's title. */
  readonly title: string;
  /** The headings above the passage, outermost first. */
  readonly headings: readonly string[];
  readonly span: Span;
  readonly text: string;
};

export function passageId(articleId: string, { start, end }: Span): string {
  return `${articleId}#${start}-${end}`;
}
