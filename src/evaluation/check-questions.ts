import type { Article } from "../corpus/article.ts";
import type { Language } from "../errors.ts";
import type { EvaluationQuestion } from "./question-set.ts";
import { holdsAny, squeeze } from "./squeeze.ts";

export type Remark = Readonly<Record<Language, string>>;

/** What makes a question impossible to answer rightly: articles that are not there, answers that stand nowhere in them. */
export function checkQuestions(
  questions: readonly EvaluationQuestion[],
  articles: ReadonlyMap<string, Article>,
): Remark[] {
  const texts = new Map<string, string>();
  const textOf = (id: string) => {
    const known = texts.get(id);
    if (known !== undefined) return known;
    const article = articles.get(id);
    if (article) texts.set(id, squeeze(article.text));
    return texts.get(id);
  };
  return questions.flatMap(({ id, articles: expected, answers }) =>
    expected.flatMap((articleId) => {
      const text = textOf(articleId);
      if (text === undefined) return [unknownArticle(id, articleId)];
      return holdsAny(text, answers) ? [] : [unknownAnswer(id, articleId)];
    }),
  );
}

function unknownArticle(id: string, articleId: string): Remark {
  return {
    zh: `题目 ${id}：没有 ${articleId} 这篇文章，这一题不可能答对。`,
    en: `Question ${id}: there is no article ${articleId}, so it cannot be answered rightly.`,
  };
}

function unknownAnswer(id: string, articleId: string): Remark {
  return {
    zh: `题目 ${id}：文章 ${articleId} 里没有所给的答案，这一题不可能答对。`,
    en: `Question ${id}: its answer does not stand in ${articleId}, so it cannot be answered rightly.`,
  };
}
