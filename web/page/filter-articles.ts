import type { ArticleSummary } from "../client/parse.ts";

/** The articles whose title, source or date holds every word of `query`; full-width and case make no difference. */
export function filterArticles(
  articles: readonly ArticleSummary[],
  query: string,
): readonly ArticleSummary[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return articles;
  return articles.filter(({ title, source, publishedAt = "" }) => {
    const text = fold(`${title} ${source} ${publishedAt}`);
    return words.every((word) => text.includes(word));
  });
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
