/** Vectors in one byte a dimension, as `quantise` makes them, one after the other. */
export class ByteVectors {
  readonly bytes: Int8Array;
  readonly dimensions: number;
  /** 0 where it has not been asked for yet. */
  readonly #lengths: Float64Array;

  /** `bytes` holds `dimensions` components a vector. */
  constructor(bytes: Int8Array, dimensions: number) {
    this.bytes = bytes;
    this.dimensions = dimensions;
    this.#lengths = new Float64Array(dimensions === 0 ? 0 : bytes.length / dimensions);
  }

  static join(vectors: readonly Int8Array[], dimensions: number): ByteVectors {
    const bytes = new Int8Array(vectors.length * dimensions);
    vectors.forEach((vector, place) => {
      bytes.set(vector, place * dimensions);
    });
    return new ByteVectors(bytes, dimensions);
  }

  /** How many there are. */
  get size(): number {
    return this.#lengths.length;
  }

  bytesOf(place: number): Int8Array {
    return this.bytes.subarray(place * this.dimensions, (place + 1) * this.dimensions);
  }

  unitVectorOf(place: number): Float32Array {
    const length = this.#lengthOf(place);
    return Float32Array.from(this.bytesOf(place), (component) => component / length);
  }

  /** Cosine with a unit vector. Four sums at once, as one would wait for itself: a question asks for thousands. */
  similarity(place: number, vector: Float32Array): number {
    const { bytes, dimensions } = this;
    const start = place * dimensions;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    let i = 0;
    for (; i + 3 < dimensions; i += 4) {
      first += bytes[start + i]! * vector[i]!;
      second += bytes[start + i + 1]! * vector[i + 1]!;
      third += bytes[start + i + 2]! * vector[i + 2]!;
      fourth += bytes[start + i + 3]! * vector[i + 3]!;
    }
    for (; i < dimensions; i++) first += bytes[start + i]! * vector[i]!;
    return (first + second + third + fourth) / this.#lengthOf(place);
  }

  #lengthOf(place: number): number {
    const known = this.#lengths[place]!;
    if (known > 0) return known;
    let square = 0;
    for (const component of this.bytesOf(place)) square += component * component;
    // what has no length has no direction either: its cosines are 0
    const length = Math.sqrt(square) || 1;
    this.#lengths[place] = length;
    return length;
  }
}
