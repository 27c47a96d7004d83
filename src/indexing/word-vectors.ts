import { WenjuError } from "../errors.ts";
import { alignedBytes } from "./aligned-bytes.ts";
import { ByteVectors } from "./vectors/byte-vectors.ts";

/** The corpus's words that mean something by themselves, and their vectors, one byte a dimension. */
export class WordVectors {
  readonly #words: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  /** By a word's id. */
  readonly vectors: ByteVectors;

  private constructor(words: readonly string[], vectors: ByteVectors) {
    this.#words = words;
    this.#ids = new Map(words.map((word, id) => [word, id]));
    this.vectors = vectors;
  }

  /** `vectors[i]` belongs to `words[i]`, and was made by `quantise`. */
  static build(words: readonly string[], vectors: readonly Int8Array[], dimensions: number): WordVectors {
    return new WordVectors(words, ByteVectors.join(vectors, dimensions));
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
    return this.vectors.bytesOf(id);
  }

  toBytes(): Uint8Array {
    const words = new TextEncoder().encode(this.#words.join("\n"));
    const { bytes: vectors, dimensions } = this.vectors;
    const header = new Uint32Array([FORMAT, this.#words.length, dimensions, words.length]);
    const bytes = new Uint8Array(header.byteLength + vectors.length + words.length);
    bytes.set(new Uint8Array(header.buffer));
    bytes.set(new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.length), header.byteLength);
    bytes.set(words, header.byteLength + vectors.length);
    return bytes;
  }

  /** Reads what `toBytes` wrote; throws `INDEX_CORRUPT` where the sizes do not add up. */
  static fromBytes(bytes: Uint8Array): WordVectors {
    const aligned = alignedBytes(bytes);
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
    const vectors = new Int8Array(aligned.buffer, 16, size * dimensions);
    return new WordVectors(words, new ByteVectors(vectors, dimensions));
  }
}

/** "WWV" and the version of the layout. */
const FORMAT = 0x57_57_56_01;
