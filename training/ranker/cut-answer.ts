import type { Span } from "../../src/text/span.ts";
import type { MarkedQuestion } from "./reading/training-data.ts";

const ENDS = ["。", "！", "？", "；", "!", "?", ";", "\n"];

/** What is left must be long enough to be an article, in UTF-16 units. */
const SHORTEST = 40;

export type CutContext = {
  readonly text: string;
  /** What was cut out of the context. */
  readonly removed: Span;
};

/** The question's context without the sentence of the answer; undefined where hardly anything would be left. */
export function cutAnswer({ context, answer, offset }: MarkedQuestion): CutContext | undefined {
  const { text } = context;
  const before = text.slice(0, offset);
  const start = Math.max(...ENDS.map((mark) => before.lastIndexOf(mark))) + 1;
  const last = offset + answer.length - 1;
  const ends = ENDS.map((mark) => text.indexOf(mark, last)).filter((place) => place >= 0);
  const end = ends.length > 0 ? Math.min(...ends) + 1 : text.length;
  const rest = text.slice(0, start) + text.slice(end);
  return rest.length > SHORTEST ? { text: rest, removed: { start, end } } : undefined;
}
