/**
 * A text without white space and without what takes no room (soft hyphens, zero-width spaces, control characters): where a
 * line was broken, or may be, says nothing about what stands there.
 */
export function squeeze(text: string): string {
  return text.replace(/[\s\u00ad\u200b\u2060\ufeff]|\p{Cc}/gu, "");
}

/** Whether a squeezed text holds one of these, white space aside. */
export function holdsAny(squeezed: string, wanted: readonly string[]): boolean {
  return wanted.some((text) => squeezed.includes(squeeze(text)));
}
