import type { WeighedQuestion } from "../weigh-question.ts";

/** How much of a question a text holds, by the weight of its terms; all figures 0 … 1. */
export type Coverage = {
  readonly share: number;
  /** Like `share` with squared weights: rare terms count for more. */
  readonly rareShare: number;
  /** The weight of the rarest term that is held, and of the rarest that is missing, divided by the heaviest. */
  readonly rarestHeld: number;
  readonly rarestMissing: number;
};

/** `text` is folded. */
export function coverageOf(
  { terms, weights }: Pick<WeighedQuestion, "terms" | "weights">,
  text: string,
): Coverage {
  let total = 0;
  let held = 0;
  let squares = 0;
  let heldSquares = 0;
  let rarestHeld = 0;
  let rarestMissing = 0;
  for (const term of terms) {
    const weight = weights.get(term) ?? 0;
    const holds = text.includes(term);
    total += weight;
    squares += weight * weight;
    if (holds) {
      held += weight;
      heldSquares += weight * weight;
      rarestHeld = Math.max(rarestHeld, weight);
    } else rarestMissing = Math.max(rarestMissing, weight);
  }
  const heaviest = Math.max(rarestHeld, rarestMissing, 1e-9);
  return {
    share: held / Math.max(total, 1e-9),
    rareShare: heldSquares / Math.max(squares, 1e-9),
    rarestHeld: rarestHeld / heaviest,
    rarestMissing: rarestMissing / heaviest,
  };
}

/** For each character of a text, the weight of the heaviest question term that covers it. `text` is folded. */
export function markTerms({ terms, weights }: WeighedQuestion, text: string): number[] {
  const marks = new Array<number>(text.length).fill(0);
  for (const term of terms) {
    const weight = weights.get(term) ?? 0;
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
      for (let i = at; i < at + term.length; i++) marks[i] = Math.max(marks[i]!, weight);
    }
  }
  return marks;
}
