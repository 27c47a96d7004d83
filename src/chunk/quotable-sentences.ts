import type { Article } from "../corpus/article.ts";
import { splitSentences } from "../text/sentences.ts";
import type { Span } from "../text/span.ts";
import { cutLongSpan } from "./cut-long-span.ts";

/** In UTF-16 units: what a reader takes in at a glance, and the most that a citation quotes. */
export const LONGEST_QUOTE = 200;

/** The sentences of an article, long ones in parts: the units that answers quote. */
export function quotableSentences({ text }: Pick<Article, "text">): Span[] {
  return splitSentences(text).flatMap((span) => cutLongSpan(text, span, LONGEST_QUOTE));
}
