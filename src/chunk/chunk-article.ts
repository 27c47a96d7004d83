import type { Article } from "../corpus/article.ts";
import type { Span } from "../text/span.ts";
import { cutLongSpan } from "./cut-long-span.ts";
import { packSentences } from "./pack-sentences.ts";
import { type Passage, passageId } from "./passage.ts";
import { quotableSentences } from "./quotable-sentences.ts";
import { readSections } from "./sections.ts";

export type ChunkOptions = {
  /** Of a passage, in UTF-16 units. Default 320, which gives passages of about 280. */
  readonly maxLength?: number | undefined;
};

/**
 * Cuts an article into passages of whole sentences, none of them across a heading. A sentence too long to
 * be quoted comes in parts, cut at its commas where it has any.
 */
export function chunkArticle(article: Article, { maxLength = 320 }: ChunkOptions = {}): Passage[] {
  const sentences = quotableSentences(article).flatMap((span) => cutLongSpan(article.text, span, maxLength));
  return readSections(article, sentences).flatMap((section) =>
    packSentences(article.text, section.sentences, maxLength).map((span) =>
      toPassage(article, section.headings, span),
    ),
  );
}

function toPassage({ id, title, text }: Article, headings: readonly string[], span: Span): Passage {
  const { start, end } = span;
  return { id: passageId(id, span), articleId: id, title, headings, span, text: text.slice(start, end) };
}
