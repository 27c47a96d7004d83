import type { Span } from "../../../text/span.ts";
import type { WeighedQuestion } from "../weigh-question.ts";
import type { SentenceContext } from "./sentence-context.ts";

/** What in a sentence could be the answer: of the kind asked for, and not in the question already. */
export function newCandidates({ text }: WeighedQuestion, { aligned, candidates }: SentenceContext): Span[] {
  return candidates.filter(({ start, end }) => !text.includes(aligned.slice(start, end)));
}
