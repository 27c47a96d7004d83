import { createHash } from "node:crypto";
import { WenjuError } from "../../errors.ts";
import { alignedBytes } from "../aligned-bytes.ts";

/** Vectors by the text that they were made of, so that no text is embedded twice. */
export class KnownVectors {
  readonly dimensions: number;
  readonly #vectors = new Map<string, Float32Array>();

  constructor(dimensions: number) {
    this.dimensions = dimensions;
  }

  get size(): number {
    return this.#vectors.size;
  }

  get(text: string): Float32Array | undefined {
    return this.#vectors.get(toKey(digestText(text)));
  }

  set(text: string, vector: ArrayLike<number>): void {
    this.#vectors.set(toKey(digestText(text)), Float32Array.from(vector));
  }

  /** Of a text of which only its `digestText` is known. */
  setByDigest(digest: Uint8Array, vector: Float32Array): void {
    this.#vectors.set(toKey(digest), vector);
  }

  /** Takes over what another one knows. */
  addAll(others: KnownVectors): void {
    for (const [key, vector] of others.#vectors) this.#vectors.set(key, vector);
  }

  toBytes(): Uint8Array {
    const { size, dimensions } = this;
    const header = new Uint32Array([FORMAT, dimensions, size]);
    const bytes = new Uint8Array(header.byteLength + size * (DIGEST_BYTES + 4 * dimensions));
    bytes.set(new Uint8Array(header.buffer));
    const vectorsAt = header.byteLength + size * DIGEST_BYTES;
    let row = 0;
    for (const [key, vector] of this.#vectors) {
      bytes.set(Buffer.from(key, "base64"), header.byteLength + row * DIGEST_BYTES);
      const raw = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
      bytes.set(raw, vectorsAt + row * raw.byteLength);
      row++;
    }
    return bytes;
  }

  /** Reads what `toBytes` wrote; throws `INDEX_CORRUPT` where the sizes do not add up. */
  static fromBytes(bytes: Uint8Array): KnownVectors {
    const aligned = alignedBytes(bytes);
    const [format, dimensions = 0, size = 0] = new Uint32Array(
      aligned.buffer,
      0,
      aligned.length < 12 ? 0 : 3,
    );
    if (format !== FORMAT || aligned.length !== 12 + size * (DIGEST_BYTES + 4 * dimensions)) {
      throw new WenjuError(
        "INDEX_CORRUPT",
        `The stored vectors have ${bytes.length} bytes, which cannot be.`,
      );
    }
    const known = new KnownVectors(dimensions);
    const vectors = new Float32Array(aligned.buffer, 12 + size * DIGEST_BYTES);
    for (let row = 0; row < size; row++) {
      const digest = aligned.subarray(12 + row * DIGEST_BYTES, 12 + (row + 1) * DIGEST_BYTES);
      known.setByDigest(digest, vectors.subarray(row * dimensions, (row + 1) * dimensions));
    }
    return known;
  }
}

/** "WKV" and the version of the layout. */
const FORMAT = 0x57_4b_56_01;
const DIGEST_BYTES = 32;

/** What stands for a text. */
export function digestText(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}

function toKey(digest: Uint8Array): string {
  return Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).toString("base64");
}
