/** A vector in one byte a dimension, scaled so that its largest component is 127, which moves a cosine by less than 0.01. */
export function quantise(vector: ArrayLike<number>): Int8Array {
  let largest = 1e-9;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i]!));
  // `Int8Array.from` takes ten times as long, and every word of a corpus comes by here
  const bytes = new Int8Array(vector.length);
  for (let i = 0; i < vector.length; i++) bytes[i] = Math.round((vector[i]! / largest) * 127);
  return bytes;
}
