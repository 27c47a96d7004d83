/** 95 in 100 resamples of the questions give a value between the two. */
export type Interval = { readonly low: number; readonly high: number };

export const RESAMPLES = 1000;
export const SEED = 20_261_122;
export const CONFIDENCE = 0.95;

/**
 * Percentile bootstrap (Efron, 1979): how far each statistic moves when the questions are drawn anew, with replacement, from
 * those that were asked. Statistics get the drawn places; one that cannot be told of a draw returns NaN. The seed is fixed:
 * the same questions have the same intervals.
 */
export function bootstrap(
  count: number,
  statistics: readonly ((places: Uint32Array) => number)[],
): (Interval | undefined)[] {
  const random = randomIntegers(SEED);
  const places = new Uint32Array(count);
  const draws = statistics.map(() => new Float64Array(RESAMPLES));
  for (let resample = 0; resample < RESAMPLES; resample++) {
    for (let i = 0; i < count; i++) places[i] = random(count);
    statistics.forEach((statistic, s) => {
      draws[s]![resample] = statistic(places);
    });
  }
  return draws.map(percentiles);
}

function percentiles(draws: Float64Array): Interval | undefined {
  const sorted = draws.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return undefined;
  const tail = (1 - CONFIDENCE) / 2;
  const low = sorted[Math.floor(tail * sorted.length)]!;
  const high = sorted[Math.ceil((1 - tail) * sorted.length) - 1]!;
  return { low, high };
}

/** Xorshift with 32 bits of state (Marsaglia, 2003): even enough for drawing questions. */
function randomIntegers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * below);
  };
}
