/** The share of the weight that lies in words which are held; 1 where nothing weighs anything. */
export function shareOf(matches: readonly number[], weights: readonly number[]): number {
  let held = 0;
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    held += matches[i]! * weights[i]!;
    total += weights[i]!;
  }
  return total === 0 ? 1 : held / total;
}

/** The weight of the heaviest word that is missing, in parts of `heaviest`. */
export function heaviestMissing(
  matches: readonly number[],
  weights: readonly number[],
  heaviest: number,
): number {
  return Math.max(0, ...weights.map((weight, i) => (1 - matches[i]!) * weight)) / heaviest;
}

/** Each word's best match in any of several texts. */
export function bestMatches(lists: readonly (readonly number[])[]): number[] {
  const best = [...(lists[0] ?? [])];
  for (let n = 1; n < lists.length; n++) {
    const matches = lists[n]!;
    for (let i = 0; i < best.length; i++) if (matches[i]! > best[i]!) best[i] = matches[i]!;
  }
  return best;
}

/** The share of the weight that lies in words matched at least as well as `level`; 1 where nothing weighs anything. */
export function shareAbove(matches: readonly number[], weights: readonly number[], level: number): number {
  return shareOf(
    matches.map((match) => (match >= level ? 1 : 0)),
    weights,
  );
}

/** How well the heaviest word that is not there itself is matched by another; 1 where all are there. */
export function matchOfRarest(matches: readonly number[], weights: readonly number[]): number {
  let rarest = -1;
  matches.forEach((match, i) => {
    if (match < 1 && weights[i]! > (weights[rarest] ?? 0)) rarest = i;
  });
  return rarest < 0 ? 1 : matches[rarest]!;
}
