import type { Span } from "../../../../text/span.ts";
import { type ReadText, WORD_LENGTH } from "../../reading/read-text.ts";
import { newCandidates } from "../new-candidates.ts";
import type { SentenceContext } from "../sentence-context.ts";
import type { MatchedQuestion } from "./word-matcher.ts";

/** In characters: how close a word stands that goes with a number, how far matches are looked for, and over which they fade. */
const BESIDE = 6;
const REACH = 24;
const FADING_NEAR = 10;
/** By distance, 0 … `REACH`. */
const FADED = Array.from({ length: REACH + 1 }, (_, distance) => Math.exp(-distance / FADING_NEAR));

/** Whether what is asked for stands beside what could be the answer, and how much else that is asked does. */
export function nearCandidates(question: MatchedQuestion, sentence: SentenceContext, head: number): number[] {
  const best = { beside: 0, all: 0, relation: 0 };
  for (const span of newCandidates(question, sentence)) {
    const { beside, all, relation } = wordsAround(question, sentence.own, span, head);
    best.beside = Math.max(best.beside, beside);
    best.all = Math.max(best.all, all);
    best.relation = Math.max(best.relation, relation);
  }
  return [best.beside, best.all, best.relation];
}

/** Of what a usual question's words weigh together, so that sums stay around 0 … 1. */
const USUAL_WEIGHT = 20;

/**
 * How much of what is asked stands around a span: the weights of all words and of those that name nothing, less the further away they
 * are matched; and how well word number `head` is matched close to it.
 */
export function wordsAround(question: MatchedQuestion, text: ReadText, span: Span, head = -1) {
  let beside = 0;
  let all = 0;
  let relation = 0;
  question.words.forEach(({ isName, weight }, i) => {
    const { close, fading } = matchNear(question, i, text, span);
    if (i === head) beside = close;
    all += weight * fading;
    if (!isName) relation += weight * fading;
  });
  return { beside, all: all / USUAL_WEIGHT, relation: relation / USUAL_WEIGHT };
}

/** The best match of the question's word `i` close to a span, its own words too; and outside of it, less the further away. */
function matchNear({ matcher }: MatchedQuestion, i: number, text: ReadText, { start, end }: Span) {
  const { words } = text;
  let close = 0;
  let fading = 0;
  for (let at = 0; at < words.length; at += WORD_LENGTH) {
    const wordStart = words[at + 1]!;
    const wordEnd = words[at + 2]!;
    const distance = Math.max(0, start - wordEnd, wordStart - end);
    if (distance > REACH) continue;
    const match = matcher.match(i, text, at);
    if (distance <= BESIDE) close = Math.max(close, match);
    const isInside = wordStart >= start && wordEnd <= end;
    if (!isInside) fading = Math.max(fading, match * FADED[distance]!);
  }
  return { close, fading };
}
