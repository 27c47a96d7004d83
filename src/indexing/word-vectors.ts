import { WenjuError } from "../errors.ts";

/** The corpus's words that mean something by themselves, and their vectors, one byte a dimension. */
export class WordVectors {
  readonly #words: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #vectors: Int8Array;
  readonly #dimensions: number;
  readonly #lengths: Float32Array;

  private constructor(words: readonly string[], vectors: Int8Array, dimensions: number) {
    this.#words = words;
    this.#ids = new Map(words.map((word, id) => [word, id]));
    this.#vectors = vectors;
    this.#dimensions = dimensions;
    this.#lengths = Float32Array.from(words, (_, id) => {
      let square = 0;
      for (let i = id * dimensions; i < (id + 1) * dimensions; i++) square += vectors[i]! ** 2;
      return Math.sqrt(square) || 1;
    });
  }

  /** `vectors[i]` belongs to `words[i]`, and was made by `quantise`. */
  static build(words: readonly string[], vectors: readonly Int8Array[], dimensions: number): WordVectors {
    const joined = new Int8Array(words.length * dimensions);
    vectors.forEach((vector, id) => {
      joined.set(vector, id * dimensions);
    });
    return new WordVectors(words, joined, dimensions);
  }

  /** Every word once, the most frequent first; a word's id is its place. */
  get vocabulary(): readonly string[] {
    return this.#words;
  }

  idOf(word: string): number | undefined {
    return this.#ids.get(word);
  }

  /** The vector of a word as it is stored. */
  bytesOf(id: number): Int8Array {
    return this.#vectors.subarray(id * this.#dimensions, (id + 1) * this.#dimensions);
  }

  /** The unit vector of a word. */
  vectorOf(id: number): Float32Array {
    const length = this.#lengths[id]!;
    return Float32Array.from(this.bytesOf(id), (component) => component / length);
  }

  /** Cosine of a word and a unit vector. Four sums at once, as one would wait for itself: a question asks for some ten thousand. */
  similarity(id: number, vector: Float32Array): number {
    const vectors = this.#vectors;
    const start = id * this.#dimensions;
    const length = this.#dimensions;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    let i = 0;
    for (; i + 3 < length; i += 4) {
      first += vectors[start + i]! * vector[i]!;
      second += vectors[start + i + 1]! * vector[i + 1]!;
      third += vectors[start + i + 2]! * vector[i + 2]!;
      fourth += vectors[start + i + 3]! * vector[i + 3]!;
    }
    for (; i < length; i++) first += vectors[start + i]! * vector[i]!;
    return (first + second + third + fourth) / this.#lengths[id]!;
  }

  toBytes(): Uint8Array {
    const words = new TextEncoder().encode(this.#words.join("\n"));
    const header = new Uint32Array([FORMAT, this.#words.length, this.#dimensions, words.length]);
    const bytes = new Uint8Array(header.byteLength + this.#vectors.length + words.length);
    bytes.set(new Uint8Array(header.buffer));
    bytes.set(
      new Uint8Array(this.#vectors.buffer, this.#vectors.byteOffset, this.#vectors.length),
      header.byteLength,
    );
    bytes.set(words, header.byteLength + this.#vectors.length);
    return bytes;
  }

  /** Reads what `toBytes` wrote; throws `INDEX_CORRUPT` where the sizes do not add up. */
  static fromBytes(bytes: Uint8Array): WordVectors {
    const aligned = bytes.slice();
    const header = new Uint32Array(aligned.buffer, 0, aligned.length < 16 ? 0 : 4);
    const [format, size = 0, dimensions = 0, textBytes = 0] = header;
    const textAt = 16 + size * dimensions;
    if (format !== FORMAT || aligned.length !== textAt + textBytes) {
      throw new WenjuError("INDEX_CORRUPT", `The word vectors have ${bytes.length} bytes, which cannot be.`);
    }
    const text = new TextDecoder().decode(aligned.subarray(textAt));
    const words = text === "" ? [] : text.split("\n");
    if (words.length !== size) {
      throw new WenjuError("INDEX_CORRUPT", `There are ${words.length} words for ${size} vectors.`);
    }
    return new WordVectors(words, new Int8Array(aligned.buffer, 16, size * dimensions), dimensions);
  }
}

/** "WWV" and the version of the layout. */
const FORMAT = 0x57_57_56_01;
