import type { Passage } from "../chunk/passage.ts";
import type { KeywordIndex } from "../indexing/keyword-index.ts";
import { analyseQuestion } from "../question/analyse-question.ts";
import { runAtOnce, type Steps } from "../steps.ts";
import type { Hit } from "./hit.ts";
import { DEFAULT_LIMIT, type RetrieveOptions, type Retriever } from "./retriever.ts";

/**
 * Finds the passages of the articles that hold the question's words somewhere, all passages of an article with the article's
 * BM25 score: what a question names in one paragraph is often answered in another, where the article says 该院 or 他.
 */
export class ArticleRetriever implements Retriever {
  readonly #articles: KeywordIndex;
  readonly #passages: readonly (readonly Passage[])[];

  /** `articles` holds the postings of `keywords` by article. */
  constructor({ keywords, passages }: ArticleRetrieverParts, articles?: KeywordIndex) {
    const groups = numberArticles(passages);
    this.#articles = articles ?? runAtOnce(keywords.grouped(groups));
    const grouped: Passage[][] = Array.from({ length: this.#articles.size }, () => []);
    passages.forEach((passage, i) => {
      grouped[groups[i]!]!.push(passage);
    });
    this.#passages = grouped;
  }

  /** The constructor in steps. */
  static *opening(parts: ArticleRetrieverParts): Steps<ArticleRetriever> {
    return new ArticleRetriever(parts, yield* parts.keywords.grouped(numberArticles(parts.passages)));
  }

  async retrieve(question: string, { limit = DEFAULT_LIMIT }: RetrieveOptions = {}): Promise<Hit[]> {
    const found = this.#articles.search(analyseQuestion(question).terms, limit);
    const hits: Hit[] = [];
    for (const [i, { id, score }] of found.entries()) {
      if (hits.length >= limit) break;
      for (const passage of this.#passages[id]!) hits.push({ passage, score, ranks: { article: i + 1 } });
    }
    return hits.slice(0, limit);
  }
}

export type ArticleRetrieverParts = {
  readonly keywords: KeywordIndex;
  readonly passages: readonly Passage[];
};

/** 0 for every passage of the first article, 1 for those of the second …; passages stand in the order of the corpus. */
function numberArticles(passages: readonly Passage[]): number[] {
  let group = -1;
  return passages.map(({ articleId }, i) => {
    if (articleId !== passages[i - 1]?.articleId) group++;
    return group;
  });
}
