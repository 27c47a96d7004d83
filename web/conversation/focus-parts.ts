import type { Citation } from "../../src/answer/answer.ts";

export type FocusParts = { readonly before: string; readonly focus: string; readonly after: string };

/** Cuts a quote around its short answer. Without one, or with one that does not lie in it, all is `before`. */
export function focusParts({ span, focus, quote }: Citation): FocusParts {
  if (!focus || focus.start < span.start || focus.end > span.end || focus.end <= focus.start) {
    return { before: quote, focus: "", after: "" };
  }
  const start = focus.start - span.start;
  const end = focus.end - span.start;
  return { before: quote.slice(0, start), focus: quote.slice(start, end), after: quote.slice(end) };
}
