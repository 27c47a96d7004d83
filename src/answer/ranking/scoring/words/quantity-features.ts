import type { MatchedSentences } from "./word-figures.ts";
import type { MatchedQuestion } from "./word-matcher.ts";

/** What numbers and their units say of each sentence: whether it tells the age, the sum, the year that is asked for, and where. */
export function quantityFeatures(
  question: MatchedQuestion,
  { sentences, quantities: matches }: Pick<MatchedSentences, "sentences" | "quantities">,
): number[][] {
  const other = question.quantityProbabilities.at(-1)!;
  const likeliest = Math.max(...question.quantityProbabilities.slice(0, -1));
  const most = (key: "expected" | "amidAll" | "amidRelation"): number =>
    Math.max(0, ...matches.map((match) => match[key]));
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
