import { WenjuError } from "../errors.ts";
import { runAtOnce, type Steps } from "../steps.ts";
import { alignedBytes } from "./aligned-bytes.ts";
import type { ScoredId } from "./vectors/vector-index.ts";

/** Okapi BM25's usual constants: how soon repeats stop counting, how much length counts. */
const K1 = 1.2;
const B = 0.75;

/**
 * An inverted index with BM25 scores over typed arrays. Documents are numbered 0, 1, 2 … Postings lie one term after the
 * other: term `t` owns `#documents[#offsets[t] … #offsets[t + 1]]`, and the same places of `#counts`.
 */
export class KeywordIndex {
  readonly #terms: readonly string[];
  readonly #termIds: ReadonlyMap<string, number>;
  readonly #offsets: Uint32Array;
  readonly #documents: Uint32Array;
  readonly #counts: Uint16Array;
  readonly #lengths: Uint32Array;
  readonly #averageLength: number;
  readonly #scores: Float32Array;

  private constructor({ terms, termIds, offsets, documents, counts, lengths }: KeywordTables) {
    this.#terms = terms;
    this.#termIds = termIds;
    this.#offsets = offsets;
    this.#documents = documents;
    this.#counts = counts;
    this.#lengths = lengths;
    this.#averageLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
    this.#scores = new Float32Array(lengths.length);
  }

  /** How many documents there are. */
  get size(): number {
    return this.#lengths.length;
  }

  /** Every term of every document, each once. */
  get vocabulary(): readonly string[] {
    return this.#terms;
  }

  /** `documents[i]` holds the terms of document `i`, repeats included. */
  static build(documents: readonly (readonly string[])[]): KeywordIndex {
    return new KeywordIndex(invert(documents));
  }

  /** How many documents hold `term`. */
  documentFrequency(term: string): number {
    const id = this.#termIds.get(term);
    return id === undefined ? 0 : this.#offsets[id + 1]! - this.#offsets[id]!;
  }

  /** Robertson's inverse document frequency, smoothed to stay above 0; a term that no document holds gets the largest. */
  inverseDocumentFrequency(term: string): number {
    const frequency = this.documentFrequency(term);
    return Math.log(1 + (this.size - frequency + 0.5) / (frequency + 0.5));
  }

  /** The `limit` best documents that hold any of the terms. */
  search(terms: readonly string[], limit: number): ScoredId[] {
    const touched = this.#addScores(terms);
    const lowest = this.#lowestOfBest(touched, limit);
    const best: ScoredId[] = [];
    for (const id of touched) {
      const score = this.#scores[id]!;
      if (score >= lowest) best.push({ id, score });
      this.#scores[id] = 0;
    }
    return best.sort((a, b) => b.score - a.score || a.id - b.id).slice(0, Math.max(0, limit));
  }

  /** The score of the last of the `limit` best. A common word touches nearly every document: too many to sort them all. */
  #lowestOfBest(touched: readonly number[], limit: number): number {
    if (touched.length <= limit || limit <= 0) return 0;
    const best = new Float32Array(limit);
    for (const id of touched) {
      const score = this.#scores[id]!;
      if (score > best[0]!) replaceLowest(best, score);
    }
    return best[0]!;
  }

  #addScores(terms: readonly string[]): number[] {
    const touched: number[] = [];
    for (const term of new Set(terms)) {
      const id = this.#termIds.get(term);
      if (id === undefined) continue;
      const weight = this.inverseDocumentFrequency(term);
      for (let i = this.#offsets[id]!; i < this.#offsets[id + 1]!; i++) {
        const document = this.#documents[i]!;
        const count = this.#counts[i]!;
        const length = this.#lengths[document]! / this.#averageLength;
        if (this.#scores[document] === 0) touched.push(document);
        this.#scores[document]! += (weight * count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
      }
    }
    return touched;
  }

  /** The same postings with documents joined: document `i` becomes a part of `groups[i]`; groups never decrease. */
  *grouped(groups: readonly number[]): Steps<KeywordIndex> {
    const count = groups.length === 0 ? 0 : groups.at(-1)! + 1;
    const lengths = new Uint32Array(count);
    groups.forEach((group, document) => {
      lengths[group]! += this.#lengths[document]!;
    });
    const postings = yield* this.#joinPostings(groups);
    return new KeywordIndex({ terms: this.#terms, termIds: this.#termIds, ...postings, lengths });
  }

  *#joinPostings(groups: readonly number[]): Steps<Pick<KeywordTables, "offsets" | "documents" | "counts">> {
    const offsets = new Uint32Array(this.#offsets.length);
    const documents = new Uint32Array(this.#documents.length);
    const counts = new Uint16Array(this.#counts.length);
    let end = 0;
    for (let term = 0; term < this.#terms.length; term++) {
      const start = end;
      for (let i = this.#offsets[term]!; i < this.#offsets[term + 1]!; i++) {
        const group = groups[this.#documents[i]!]!;
        if (end === start || documents[end - 1] !== group) documents[end++] = group;
        counts[end - 1] = Math.min(counts[end - 1]! + this.#counts[i]!, 0xffff);
      }
      offsets[term + 1] = end;
      if (term % TERMS_A_STEP === 0) yield;
    }
    return { offsets, documents: documents.slice(0, end), counts: counts.slice(0, end) };
  }

  toBytes(): Uint8Array {
    const terms = new TextEncoder().encode(this.#terms.join("\n"));
    const header = new Uint32Array([
      FORMAT,
      this.size,
      this.#terms.length,
      this.#documents.length,
      terms.length,
    ]);
    const parts = [header, this.#lengths, this.#offsets, this.#documents, this.#counts, terms];
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
    let place = 0;
    for (const part of parts) {
      bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), place);
      place += part.byteLength;
    }
    return bytes;
  }

  /** Reads what `toBytes` wrote; throws `INDEX_CORRUPT` where the sizes do not add up. */
  static fromBytes(bytes: Uint8Array): KeywordIndex {
    return runAtOnce(KeywordIndex.reading(bytes));
  }

  /** `fromBytes` in steps. */
  static *reading(bytes: Uint8Array): Steps<KeywordIndex> {
    const aligned = alignedBytes(bytes);
    const header = aligned.length >= 20 ? new Uint32Array(aligned.buffer, 0, 5) : new Uint32Array(5);
    const [format, size, termCount, postings, termBytes] = header as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
    const expected = 20 + 4 * (size + termCount + 1 + postings) + 2 * postings + termBytes;
    if (format !== FORMAT || aligned.length !== expected) {
      throw new WenjuError(
        "INDEX_CORRUPT",
        `The keyword index has ${bytes.length} bytes, not the ${expected} it names.`,
      );
    }
    let place = 20;
    const take = (length: number): Uint32Array => {
      const array = new Uint32Array(aligned.buffer, place, length);
      place += 4 * length;
      return array;
    };
    const lengths = take(size);
    const offsets = take(termCount + 1);
    const documents = take(postings);
    const counts = new Uint16Array(aligned.buffer, place, postings);
    const terms = yield* splitLines(new TextDecoder().decode(aligned.subarray(place + 2 * postings)));
    const termIds = yield* numberTerms(terms);
    return new KeywordIndex({ terms, termIds, offsets, documents, counts, lengths });
  }
}

/** Puts `score` in place of the lowest, which is the first of a binary heap. */
function replaceLowest(heap: Float32Array, score: number): void {
  let place = 0;
  for (;;) {
    let lower = 2 * place + 1;
    if (lower + 1 < heap.length && heap[lower + 1]! < heap[lower]!) lower++;
    if (lower >= heap.length || heap[lower]! >= score) break;
    heap[place] = heap[lower]!;
    place = lower;
  }
  heap[place] = score;
}

/** "WKI" and the version of the layout. */
const FORMAT = 0x57_4b_49_01;

/** Some tenths of a millisecond. */
const TERMS_A_STEP = 500;

function* splitLines(text: string): Steps<string[]> {
  const lines: string[] = [];
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    lines.push(text.slice(start, end));
    start = end + 1;
    if (lines.length % TERMS_A_STEP === 0) yield;
  }
  return lines;
}

function* numberTerms(terms: readonly string[]): Steps<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (const [id, term] of terms.entries()) {
    ids.set(term, id);
    if (id % TERMS_A_STEP === 0) yield;
  }
  return ids;
}

type KeywordTables = {
  readonly terms: readonly string[];
  readonly termIds: ReadonlyMap<string, number>;
  readonly offsets: Uint32Array;
  readonly documents: Uint32Array;
  readonly counts: Uint16Array;
  readonly lengths: Uint32Array;
};

function invert(documents: readonly (readonly string[])[]): KeywordTables {
  const postings = new Map<string, number[]>();
  documents.forEach((terms, document) => {
    for (const [term, count] of countTerms(terms)) {
      const list = postings.get(term);
      if (list) list.push(document, count);
      else postings.set(term, [document, count]);
    }
  });
  const terms = [...postings.keys()];
  const offsets = new Uint32Array(terms.length + 1);
  terms.forEach((term, id) => {
    offsets[id + 1] = offsets[id]! + postings.get(term)!.length / 2;
  });
  const total = offsets[terms.length]!;
  const termIds = runAtOnce(numberTerms(terms));
  const tables = {
    terms,
    termIds,
    offsets,
    documents: new Uint32Array(total),
    counts: new Uint16Array(total),
  };
  terms.forEach((term, id) => {
    const list = postings.get(term)!;
    for (let i = 0; i < list.length; i += 2) {
      tables.documents[offsets[id]! + i / 2] = list[i]!;
      tables.counts[offsets[id]! + i / 2] = Math.min(list[i + 1]!, 0xffff);
    }
  });
  return { ...tables, lengths: Uint32Array.from(documents, (terms) => terms.length) };
}

function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
