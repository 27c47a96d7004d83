import type { Span } from "../text/span.ts";

/** One article of the corpus. `text` is clean and final: every span of the product is an offset in it. */
export type Article = {
  /** The file's path below the corpus folder without its extension, e.g. `xiangtan-zhongxin-2021`. */
  readonly id: string;
  readonly title: string;
  /** One paragraph, heading or caption a line. */
  readonly text: string;
  /** Where it was published, e.g. a newspaper's name; the file name where nothing says. */
  readonly source: string;
  /** ISO date, as far as it is known: `2021`, `2021-06` or `2021-06-30`. */
  readonly publishedAt?: string;
  readonly url?: string;
  /** The lines of `text` that are titles and headings, in their order. */
  readonly headings?: readonly Heading[];
  /** The lines of `text` that are neither prose nor heading: captions, bylines, credits. */
  readonly captions?: readonly Span[];
};

/** A heading's place in the text, without its bullet. */
export type Heading = {
  readonly span: Span;
  /** 0 for a line of the article's title; 1 … 6 for a heading, 1 the outermost. */
  readonly level: number;
};
