/** A text without white space: where a line was broken says nothing about what stands there. */
export function squeeze(text: string): string {
  return text.replace(/\s+/gu, "");
}

/** Whether a squeezed text holds one of these, white space aside. */
export function holdsAny(squeezed: string, wanted: readonly string[]): boolean {
  return wanted.some((text) => squeezed.includes(squeeze(text)));
}
