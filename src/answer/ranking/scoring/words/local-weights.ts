import type { SentenceContext } from "../sentence-context.ts";
import type { MatchedQuestion } from "./word-matcher.ts";

/** What each word of a question weighs, and the same where names weigh nothing. */
export type WordWeights = { readonly weights: readonly number[]; readonly relation: readonly number[] };

/** From here on a word of the text stands for the question's. */
const SAME = 0.6;

/** The words' inverse document frequencies among the sentences of each article, times those in the corpus, by the article's id. */
export function localWeights(
  { words, matcher }: MatchedQuestion,
  sentences: readonly SentenceContext[],
): ReadonlyMap<string, WordWeights> {
  const articles = new Map<string, Map<number, readonly number[]>>();
  for (const { articleId, position, own } of sentences) {
    const known = articles.get(articleId) ?? new Map();
    articles.set(articleId, known.set(position, matcher.matchAll(own)));
  }
  const heaviest = Math.max(1e-9, ...words.map(({ weight }) => weight));
  const weigh = (matches: readonly (readonly number[])[]): WordWeights => {
    const counts = new Array<number>(words.length).fill(0);
    for (const match of matches) {
      for (let i = 0; i < match.length; i++) if (match[i]! >= SAME) counts[i]!++;
    }
    const weights = words.map(({ weight }, i) => {
      const count = counts[i]!;
      return (Math.log(1 + (matches.length - count + 0.5) / (count + 0.5)) * weight) / heaviest;
    });
    return { weights, relation: weights.map((weight, i) => (words[i]!.isName ? 0 : weight)) };
  };
  return new Map([...articles].map(([id, matches]) => [id, weigh([...matches.values()])]));
}
