import type { AnswerKind } from "../question/asking-phrases.ts";
import type { Span } from "../text/span.ts";
import type { Quote } from "./pick-quotes.ts";
import { findCandidates } from "./ranking/reading/answer-candidates.ts";
import { markTerms } from "./ranking/scoring/coverage.ts";
import { densityAround } from "./ranking/scoring/sentence-features.ts";
import type { WeighedQuestion } from "./ranking/weigh-question.ts";

/** Kinds whose answers can be told by their shape. */
const SHAPED: ReadonlySet<AnswerKind> = new Set([
  "person",
  "time",
  "duration",
  "money",
  "percentage",
  "number",
  "place",
]);

/** A number too, but nobody asks 多少 for it. */
const DATE = /[\d〇零一二三四五六七八九十] ?[年月日]/u;

/** The short answer in a quote's likeliest sentence: of the kind asked for, new, and next to the question's words. */
export function findFocus(question: WeighedQuestion, { sentences }: Quote): Span | undefined {
  if (!SHAPED.has(question.kind)) return undefined;
  const { sentence, aligned } = sentences.reduce((a, b) => (b.probability > a.probability ? b : a));
  const marks = markTerms(question, aligned);
  let focus: Span | undefined;
  let nearest = 0;
  for (const span of findCandidates(question.kind, aligned)) {
    const candidate = aligned.slice(span.start, span.end);
    if (question.text.includes(candidate) || (question.kind === "number" && DATE.test(candidate))) continue;
    const density = densityAround(marks, span);
    if (density <= nearest) continue;
    nearest = density;
    focus = span;
  }
  return focus && { start: sentence.span.start + focus.start, end: sentence.span.start + focus.end };
}
