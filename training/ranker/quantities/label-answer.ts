import { ANSWER_QUANTITIES } from "../../../src/question/quantities/quantity-classifier.ts";
import { foldAligned } from "../../../src/text/fold.ts";
import { findQuantities, type Quantity } from "../../../src/text/quantities.ts";

/** An answer is a quantity where that makes up this much of its letters and digits: 约1.2亿元 and 1935年到1948年, but not 借来的三辆车. */
const MOST_OF_IT = 0.5;

/** What an answer is: its place in `ANSWER_QUANTITIES`. */
export function labelAnswer(answer: string): number {
  const text = foldAligned(answer);
  const lengths = new Map<Quantity, number>();
  for (const { quantity, start, end } of findQuantities(text)) {
    lengths.set(quantity, (lengths.get(quantity) ?? 0) + lettersIn(text.slice(start, end)));
  }
  const [longest] = [...lengths].sort(([, a], [, b]) => b - a);
  const isMost = longest !== undefined && longest[1] >= MOST_OF_IT * lettersIn(text);
  return ANSWER_QUANTITIES.indexOf(isMost ? longest[0] : "other");
}

function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
