/** The same vectors of length 1 every time. */
export function randomUnitVectors(count: number, dimensions: number, seed = 1): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const vector = Array.from({ length: dimensions }, () => random() - 0.5);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

/** Numbers from 0 to 1 by the linear congruential generator of Numerical Recipes. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
