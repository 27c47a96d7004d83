import { LONGEST_QUOTE } from "../chunk/quotable-sentences.ts";
import { areNeighbours, type Quote, toQuote } from "./pick-quotes.ts";
import { findCandidates } from "./ranking/reading/answer-candidates.ts";
import type { WeighedSentence } from "./ranking/weigh-evidence.ts";
import type { WeighedQuestion } from "./ranking/weigh-question.ts";

/** Whoever 他 or 她 is was named not long before, or the reader of the article would not know. */
const MOST_SENTENCES_BEFORE = 3;

/**
 * Where a person is asked for and a quote says no more than 他, the same quote from the sentence on that names somebody: 谁 is not
 * answered by a pronoun. The quote as it is where none does in its paragraph, or it would become too long.
 */
export function beginWithName(
  { kind, text }: Pick<WeighedQuestion, "kind" | "text">,
  quote: Quote,
  sentences: readonly WeighedSentence[],
): Quote {
  const names = ({ aligned }: WeighedSentence): boolean =>
    findCandidates("person", aligned).some(({ start, end }) => !text.includes(aligned.slice(start, end)));
  const saysPronoun = quote.sentences.some(({ aligned }) => /[他她]/u.test(aligned));
  if (kind !== "person" || !saysPronoun || quote.sentences.some(names)) return quote;
  const first = sentences.indexOf(quote.sentences[0]!);
  for (let back = 1; back <= Math.min(first, MOST_SENTENCES_BEFORE); back++) {
    const longer = [...sentences.slice(first - back, first), ...quote.sentences];
    if (!areNeighbours(longer)) return quote;
    const begun = toQuote(longer);
    if (begun.span.end - begun.span.start > LONGEST_QUOTE) return quote;
    if (names(longer[0]!)) return begun;
  }
  return quote;
}
