/** How well each word of the question is matched, 0 … 1, or what each weighs. */
type Figures = readonly number[];

/** The share of the weight that lies in words which are held; 1 where nothing weighs anything. */
export function shareOf(matches: Figures, weights: Figures): number {
  let held = 0;
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    held += matches[i]! * weights[i]!;
    total += weights[i]!;
  }
  return total === 0 ? 1 : held / total;
}

/** The share of the weight that lies in words matched at least as well as `level`; 1 where nothing weighs anything. */
export function shareAbove(matches: Figures, weights: Figures, level: number): number {
  let held = 0;
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    if (matches[i]! >= level) held += weights[i]!;
    total += weights[i]!;
  }
  return total === 0 ? 1 : held / total;
}

/** The weight of the heaviest word that is missing, in parts of `heaviest`. */
export function heaviestMissing(matches: Figures, weights: Figures, heaviest: number): number {
  let missing = 0;
  for (let i = 0; i < weights.length; i++) missing = Math.max(missing, (1 - matches[i]!) * weights[i]!);
  return missing / heaviest;
}

/** Each word's best match in any of several texts. */
export function bestMatches(lists: readonly Figures[]): number[] {
  const best = [...(lists[0] ?? [])];
  for (let n = 1; n < lists.length; n++) {
    const matches = lists[n]!;
    for (let i = 0; i < best.length; i++) if (matches[i]! > best[i]!) best[i] = matches[i]!;
  }
  return best;
}

/** How well the heaviest word that is not there itself is matched by another; 1 where all are there. */
export function matchOfRarest(matches: Figures, weights: Figures): number {
  let match = 1;
  let heaviest = 0;
  for (let i = 0; i < matches.length; i++) {
    if (matches[i]! === 1 || weights[i]! <= heaviest) continue;
    match = matches[i]!;
    heaviest = weights[i]!;
  }
  return match;
}
