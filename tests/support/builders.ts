import type { Passage } from "../../src/chunk/passage.ts";
import { passageId } from "../../src/chunk/passage.ts";
import type { Article } from "../../src/corpus/article.ts";

export function article(facts: Partial<Article> & { text: string }): Article {
  return { id: "article", title: "无题", source: "测试", ...facts };
}

export function passage({
  text,
  articleId = "article",
  ...facts
}: Partial<Passage> & { text: string }): Passage {
  const span = facts.span ?? { start: 0, end: text.length };
  return { id: passageId(articleId, span), articleId, title: "无题", headings: [], span, text, ...facts };
}
