import { fileURLToPath } from "node:url";
import type { Article } from "../../../src/corpus/article.ts";
import { readCorpus } from "../../../src/corpus/read-corpus.ts";

/** The five articles that come with the product. */
export const { articles: NEWSPAPER_ARTICLES } = await readCorpus(
  fileURLToPath(new URL("../../../corpus", import.meta.url)),
);

export function newspaperArticle(id: string): Article {
  const article = NEWSPAPER_ARTICLES.find((each) => each.id === id);
  if (!article) throw new Error(`No article ${id} in corpus/.`);
  return article;
}
