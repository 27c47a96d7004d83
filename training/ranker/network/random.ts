/** A linear congruential generator: the same numbers, 0 … 1, for the same seed on every machine. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed * 7919 + 1;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

/** A number of the normal distribution (Box and Muller). The digits of 2π are those that the shipped weights began with. */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(6.283185 * random());
}

/** The numbers below `length`, shuffled (Fisher and Yates). */
export function shuffledPlaces(length: number, random: Random): number[] {
  const places = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  return places;
}
