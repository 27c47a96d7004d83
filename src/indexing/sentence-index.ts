import { BoundedCache } from "../bounded-cache.ts";
import { quotableSentences } from "../chunk/quotable-sentences.ts";
import type { Article } from "../corpus/article.ts";
import { WenjuError } from "../errors.ts";
import { containsSpan, type Span } from "../text/span.ts";
import { alignedBytes } from "./aligned-bytes.ts";
import { ByteVectors } from "./vectors/byte-vectors.ts";
import { quantise } from "./vectors/quantise.ts";

/** A sentence, where it stands, and the number by which its vector is found. */
export type IndexedSentence = {
  readonly number: number;
  readonly span: Span;
  /** Its place among the sentences of its article, 0 for the first. */
  readonly position: number;
};

/**
 * The sentences of every article and their vectors, one byte a dimension: each vector is scaled so that its largest
 * component is 127, which moves a cosine by less than 0.01.
 */
export class SentenceIndex {
  readonly #articles: ReadonlyMap<string, { readonly first: number; readonly count: number }>;
  readonly #spans: Uint32Array;
  /** By a sentence's number. */
  readonly vectors: ByteVectors;
  readonly #read = new BoundedCache<readonly IndexedSentence[]>(READ_ARTICLES);

  private constructor({ counts, spans, vectors }: SentenceTables) {
    let first = 0;
    const articles = new Map<string, { first: number; count: number }>();
    for (const [id, count] of counts) {
      articles.set(id, { first, count });
      first += count;
    }
    this.#articles = articles;
    this.#spans = spans;
    this.vectors = vectors;
  }

  /** How many sentences there are. */
  get size(): number {
    return this.#spans.length / 2;
  }

  /** `vectors[i]` belongs to sentence `i` of all articles' `quotableSentences`, one article after the other. */
  static build(articles: readonly Article[], vectors: readonly (readonly number[])[]): SentenceIndex {
    const spans = articles.map(quotableSentences);
    const dimensions = vectors[0]?.length ?? 0;
    return new SentenceIndex({
      counts: articles.map(({ id }, i) => [id, spans[i]!.length]),
      spans: Uint32Array.from(spans.flat().flatMap(({ start, end }) => [start, end])),
      vectors: ByteVectors.join(vectors.map(quantise), dimensions),
    });
  }

  /** All sentences of an article, in order; none for an article that is not there. */
  ofArticle(articleId: string): readonly IndexedSentence[] {
    return this.#read.get(articleId, () => {
      const { first, count } = this.#articles.get(articleId) ?? { first: 0, count: 0 };
      return Array.from({ length: count }, (_, position) => this.#sentence(first + position, position));
    });
  }

  /** The sentences that lie wholly within a stretch of an article. */
  within(articleId: string, stretch: Span): IndexedSentence[] {
    return this.ofArticle(articleId).filter(({ span }) => containsSpan(stretch, span));
  }

  #sentence(number: number, position: number): IndexedSentence {
    const span = { start: this.#spans[2 * number]!, end: this.#spans[2 * number + 1]! };
    return { number, span, position };
  }

  toBytes(): Uint8Array {
    const counts = [...this.#articles].map(([id, { count }]) => [id, count]);
    const names = new TextEncoder().encode(JSON.stringify(counts));
    const { bytes: vectors, dimensions } = this.vectors;
    const header = new Uint32Array([FORMAT, this.size, dimensions, names.length]);
    const bytes = new Uint8Array(header.byteLength + this.#spans.byteLength + vectors.length + names.length);
    bytes.set(new Uint8Array(header.buffer));
    bytes.set(new Uint8Array(this.#spans.buffer, this.#spans.byteOffset, this.#spans.byteLength), 16);
    bytes.set(
      new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.length),
      16 + this.#spans.byteLength,
    );
    bytes.set(names, bytes.length - names.length);
    return bytes;
  }

  /** Reads what `toBytes` wrote; throws `INDEX_CORRUPT` where the sizes do not add up. */
  static fromBytes(bytes: Uint8Array): SentenceIndex {
    const aligned = alignedBytes(bytes);
    const [format, size = 0, dimensions = 0, nameBytes = 0] = new Uint32Array(
      aligned.buffer,
      0,
      aligned.length < 16 ? 0 : 4,
    );
    const vectorsAt = 16 + 8 * size;
    if (format !== FORMAT || aligned.length !== vectorsAt + size * dimensions + nameBytes) {
      throw new WenjuError("INDEX_CORRUPT", `The sentence index has ${bytes.length} bytes, which cannot be.`);
    }
    return new SentenceIndex({
      counts: JSON.parse(new TextDecoder().decode(aligned.subarray(aligned.length - nameBytes))),
      spans: new Uint32Array(aligned.buffer, 16, 2 * size),
      vectors: new ByteVectors(new Int8Array(aligned.buffer, vectorsAt, size * dimensions), dimensions),
    });
  }
}

/** Articles whose sentences are laid out for the next question: those that are found are found again. */
const READ_ARTICLES = 500;

/** "WSI" and the version of the layout. */
const FORMAT = 0x57_53_49_01;

type SentenceTables = {
  /** Article ids, in order, and how many sentences each has. */
  readonly counts: readonly (readonly [string, number])[];
  /** Start and end of each sentence. */
  readonly spans: Uint32Array;
  readonly vectors: ByteVectors;
};
