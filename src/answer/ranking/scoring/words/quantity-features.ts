import { QUANTITY_LENGTH } from "../../reading/read-text.ts";
import type { SentenceContext } from "../sentence-context.ts";
import { wordsAround } from "./near-words.ts";
import type { MatchedQuestion } from "./word-matcher.ts";

/** How well the quantities of a sentence are those that a question asks for; of the best of them, each figure by itself. */
type QuantityMatch = {
  /** The probability that its quantity is asked for, of those that the question does not hold. */
  readonly expected: number;
  /** The same times how much of what is asked stands around it, and how much of that names nothing. */
  readonly amidAll: number;
  readonly amidRelation: number;
  /** The probability of those that the question holds. */
  readonly repeated: number;
};

/** What numbers and their units say of each sentence: whether it tells the age, the sum, the year that is asked for, and where. */
export function quantityFeatures(
  question: MatchedQuestion,
  sentences: readonly SentenceContext[],
): number[][] {
  const other = question.quantityProbabilities.at(-1)!;
  const likeliest = Math.max(...question.quantityProbabilities.slice(0, -1));
  const matches = sentences.map((sentence) => matchQuantities(question, sentence));
  const most = (key: keyof QuantityMatch): number => Math.max(0, ...matches.map((match) => match[key]));
  const best = { expected: most("expected"), amidAll: most("amidAll"), amidRelation: most("amidRelation") };
  const bestHere = new Map<string, number>();
  sentences.forEach(({ articleId }, i) => {
    bestHere.set(articleId, Math.max(bestHere.get(articleId) ?? 0, matches[i]!.expected));
  });
  return matches.map(({ expected, amidAll, amidRelation, repeated }, i) => [
    other,
    likeliest,
    expected,
    expected - best.expected,
    expected - bestHere.get(sentences[i]!.articleId)!,
    amidRelation,
    amidRelation - best.amidRelation,
    amidAll,
    amidAll - best.amidAll,
    repeated,
  ]);
}

function matchQuantities(question: MatchedQuestion, { own }: SentenceContext): QuantityMatch {
  const { aligned, quantities } = own;
  const match = { expected: 0, amidAll: 0, amidRelation: 0, repeated: 0 };
  for (let at = 0; at < quantities.length; at += QUANTITY_LENGTH) {
    const probability = question.quantityProbabilities[quantities[at]!]!;
    const span = { start: quantities[at + 1]!, end: quantities[at + 2]! };
    if (question.text.includes(aligned.slice(span.start, span.end))) {
      match.repeated = Math.max(match.repeated, probability);
      continue;
    }
    const { all, relation } = wordsAround(question, own, span);
    match.expected = Math.max(match.expected, probability);
    match.amidAll = Math.max(match.amidAll, probability * all);
    match.amidRelation = Math.max(match.amidRelation, probability * relation);
  }
  return match;
}
