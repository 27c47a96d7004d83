import { join } from "node:path";
import { WenjuError } from "../../../src/errors.ts";
import { readArticleTexts } from "./article-texts.ts";
import { readTable } from "./read-table.ts";

/** Where an article comes from: the news (and encyclopaedia) file, or features written for this. */
export type Collection = "news" | "features";

export type TrainingArticle = {
  readonly id: string;
  readonly text: string;
  readonly collection: Collection;
  /** Articles of one number make up a small corpus. */
  readonly group: number;
};

/** A question about an article; `answer` is null where it says nothing of what is asked. */
export type ArticleQuestion = {
  readonly text: string;
  readonly article: TrainingArticle;
  readonly answer: string | null;
  /** Where the answer begins in the article, in UTF-16 units. */
  readonly offset?: number;
};

export type ArticleData = {
  readonly articles: readonly TrainingArticle[];
  readonly questions: readonly ArticleQuestion[];
};

const GROUP_SIZE = 6;

/** Joins our questions with the articles. Throws `QUESTION_SET_INVALID` where an article is not the one that was marked. */
export async function readArticleData(folder: string, articleFile: string): Promise<ArticleData> {
  const rows = await readTable(join(folder, "article-questions.tsv"));
  const texts = await readArticleTexts(new Set(rows.map(([id = ""]) => id)), {
    articleFile,
    featureFile: join(folder, "features.txt"),
  });
  const counts: Record<Collection, number> = { news: 0, features: 0 };
  const articles = new Map(
    [...texts].map(([id, text]) => {
      const collection = id.startsWith("n") ? "news" : "features";
      return [id, { id, text, collection, group: Math.floor(counts[collection]++ / GROUP_SIZE) } as const];
    }),
  );
  const questions = rows.map(([id = "", kind = "", text = "", answer = "", offset = ""]) => {
    const article = articles.get(id)!;
    if (kind === "none") return { text, article, answer: null };
    return checkMarked({ text, article, answer, offset: Number(offset) });
  });
  return { articles: [...articles.values()], questions };
}

function checkMarked(question: ArticleQuestion & { answer: string; offset: number }): ArticleQuestion {
  const { article, answer, offset } = question;
  if (article.text.startsWith(answer, offset)) return question;
  throw new WenjuError(
    "QUESTION_SET_INVALID",
    `The article ${article.id} does not hold ${answer} at character ${offset}. Make the article file as training/ranker/README.md says.`,
  );
}
