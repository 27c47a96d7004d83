/** A character is a token at most in Chinese, a quarter of one in English. */
const MAX_CHARACTERS = 1024;

/**
 * Groups texts of like length, shortest first, so that little is padded: the places of the texts in `texts`, a batch a list.
 * A batch, padded to its longest text, holds about 1,024 tokens at most, or one text.
 */
export function planBatches(texts: readonly string[]): number[][] {
  const byLength = texts
    .map((_, place) => place)
    .sort((a, b) => texts[a]!.length - texts[b]!.length || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const place of byLength) {
    if (batch.length > 0 && (batch.length + 1) * texts[place]!.length > MAX_CHARACTERS) {
      batches.push(batch);
      batch = [];
    }
    batch.push(place);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
