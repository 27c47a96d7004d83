import { QUANTITIES, type Quantity } from "../../text/quantities.ts";
import type { Span } from "../../text/span.ts";
import type { AnswerKind } from "../asking-phrases.ts";

/** What an answer may be: a quantity, or something else. */
export const ANSWER_QUANTITIES: readonly (Quantity | "other")[] = [...QUANTITIES, "other"];

/** A folded question and where it asks; `kind` and `asking` are those of its analysis. */
export type AskedText = { readonly text: string; readonly kind: AnswerKind; readonly asking: Span };

/** `weights[cue]` has one weight for each of `ANSWER_QUANTITIES`, and so have the `biases`. */
export type QuantityWeights = {
  readonly weights: ReadonlyMap<string, ArrayLike<number>>;
  readonly biases: ArrayLike<number>;
};

/** Characters before and after the asking phrase that tell what is asked for. */
const BEFORE = 4;
const AFTER = 5;

/** What in a question tells which quantity it asks for: its kind, its asking phrase, and the single characters and pairs around that. */
export function cuesOf({ text, kind, asking }: AskedText): ReadonlySet<string> {
  const marked = `^${text}$`;
  const near = marked.slice(Math.max(0, asking.start + 1 - BEFORE), asking.end + 1 + AFTER);
  const cues = new Set([`kind:${kind}`, `asks:${text.slice(asking.start, asking.end)}`]);
  for (let i = 0; i < near.length; i++) {
    cues.add(near.slice(i, i + 1));
    if (i + 1 < near.length) cues.add(near.slice(i, i + 2));
  }
  return cues;
}

/** The probability of each of `ANSWER_QUANTITIES`, by a linear model of the cues (softmax). Cues that it has no weights for say nothing. */
export function classifyQuantity(cues: Iterable<string>, { weights, biases }: QuantityWeights): number[] {
  const scores = Array.from(biases);
  for (const cue of cues) {
    const row = weights.get(cue);
    if (row) for (let i = 0; i < scores.length; i++) scores[i]! += row[i]!;
  }
  const highest = Math.max(...scores);
  const exponentials = scores.map((score) => Math.exp(score - highest));
  const sum = exponentials.reduce((total, exponential) => total + exponential, 0);
  return exponentials.map((exponential) => exponential / sum);
}
