import { QUANTITY_LENGTH } from "../../reading/read-text.ts";
import type { SentenceContext } from "../sentence-context.ts";
import type { MatchTable } from "./match-table.ts";
import { wordsAround } from "./near-words.ts";
import { bestMatches } from "./question-words.ts";
import type { MatchedQuestion } from "./word-matcher.ts";

/** How well the quantities of a sentence are those that a question asks for; of the best of them, each figure by itself. */
export type QuantityMatch = {
  /** The probability that its quantity is asked for, of those that the question does not hold. */
  readonly expected: number;
  /** The same times how much of what is asked stands around it, and how much of that names nothing. */
  readonly amidAll: number;
  readonly amidRelation: number;
  /** The probability of those that the question holds. */
  readonly repeated: number;
  /** How near each word of the question is matched, times the probability. */
  readonly fading: readonly number[];
};

export function matchQuantities(
  question: MatchedQuestion,
  { own }: SentenceContext,
  table: MatchTable,
): QuantityMatch {
  const { aligned, quantities } = own;
  const fading: readonly number[] = question.words.map(() => 0);
  const match = { expected: 0, amidAll: 0, amidRelation: 0, repeated: 0, fading };
  for (let at = 0; at < quantities.length; at += QUANTITY_LENGTH) {
    const probability = question.quantityProbabilities[quantities[at]!]!;
    const span = { start: quantities[at + 1]!, end: quantities[at + 2]! };
    if (question.text.includes(aligned.slice(span.start, span.end))) {
      match.repeated = Math.max(match.repeated, probability);
      continue;
    }
    const { all, relation, fading } = wordsAround(question, table, span);
    match.expected = Math.max(match.expected, probability);
    match.amidAll = Math.max(match.amidAll, probability * all);
    match.amidRelation = Math.max(match.amidRelation, probability * relation);
    match.fading = bestMatches([match.fading, fading.map((near) => probability * near)]);
  }
  return match;
}
