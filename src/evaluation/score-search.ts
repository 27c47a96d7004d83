import type { Passage } from "../chunk/passage.ts";
import type { Hit } from "../retrieve/hit.ts";
import { SEARCH_DEPTH } from "./ask-questions.ts";
import type { Scores } from "./measures.ts";
import type { EvaluationQuestion } from "./question-set.ts";
import { holdsAny, squeeze } from "./squeeze.ts";

/** Scores what was found for a question; one without an answer has nothing to be found. */
export class SearchScorer {
  readonly #passages = new Map<string, string[]>();

  /** With every passage that could have been found. */
  constructor(passages: readonly Passage[]) {
    for (const { articleId, text } of passages) {
      const texts = this.#passages.get(articleId);
      if (texts) texts.push(squeeze(text));
      else this.#passages.set(articleId, [squeeze(text)]);
    }
  }

  score(question: EvaluationQuestion, hits: readonly Hit[]): Scores {
    const { articles } = question;
    if (articles.length === 0) return {};
    const right = hits.map(({ passage }) =>
      articles.includes(passage.articleId) ? passage.articleId : undefined,
    );
    const holding = hits.map((hit, i) => (holdsAnswer(question, hit.passage) ? right[i] : undefined));
    return {
      "articleRecall@1": recall(right, 1, articles.length),
      "articleRecall@5": recall(right, 5, articles.length),
      "articleRecall@10": recall(right, 10, articles.length),
      "answerRecall@1": recall(holding, 1, articles.length),
      "answerRecall@5": recall(holding, 5, articles.length),
      "answerRecall@10": recall(holding, 10, articles.length),
      "mrr@10": reciprocalRank(holding),
      "ndcg@10": discountedGain(holding, this.#countHolding(question)),
    };
  }

  #countHolding({ articles, answers }: EvaluationQuestion): number {
    const texts = articles.flatMap((id) => this.#passages.get(id) ?? []);
    return texts.filter((text) => holdsAny(text, answers)).length;
  }
}

/** Whether a passage is from a right article and holds the answer. */
export function holdsAnswer(
  { articles, answers }: EvaluationQuestion,
  { articleId, text }: { readonly articleId: string; readonly text: string },
): boolean {
  return articles.includes(articleId) && holdsAny(squeeze(text), answers);
}

/**
 * The share of the right articles among the first `depth` places, each article counted once. Where there are more of them
 * than places, all places filled rightly is 1.
 */
export function recall(found: readonly (string | undefined)[], depth: number, articles: number): number {
  const distinct = new Set(found.slice(0, depth).filter((id) => id !== undefined));
  return distinct.size / Math.min(depth, articles);
}

/** 1 for a first place, 1/2 for a second …, 0 for none among the first ten. */
function reciprocalRank(holding: readonly (string | undefined)[]): number {
  const place = holding.slice(0, SEARCH_DEPTH).findIndex((id) => id !== undefined);
  return place < 0 ? 0 : 1 / (place + 1);
}

/** The gain of the right passages, less the later they stand, as a share of what the best order of all right passages gives. */
function discountedGain(holding: readonly (string | undefined)[], inCorpus: number): number {
  let gain = 0;
  let ideal = 0;
  for (let i = 0; i < SEARCH_DEPTH; i++) {
    const discount = 1 / Math.log2(i + 2);
    if (holding[i] !== undefined) gain += discount;
    if (i < inCorpus) ideal += discount;
  }
  return ideal === 0 ? 0 : gain / ideal;
}
