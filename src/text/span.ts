/** A stretch of a text: UTF-16 offsets, `[start, end)`. */
export type Span = { readonly start: number; readonly end: number };

/** Whether `inner` lies within `outer`. */
export function containsSpan(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two stretches share a character. */
export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
