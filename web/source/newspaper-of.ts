import type { ArticleSummary } from "../client/parse.ts";

/** The newspaper of an article. Where nothing tells it, its source is the file's name, which tells a reader nothing. */
export function newspaperOf(article: Pick<ArticleSummary, "id" | "source"> | undefined): string {
  return article && !article.source.startsWith(article.id) ? article.source : "";
}
