import { ENTRIES } from "./entries.ts";

/** A word that stands for another, and how well: 1 would be the word itself. */
export type Synonym = { readonly word: string; readonly likeness: number };

/**
 * What a word that means much the same counts for beside the word itself, and what one that is merely said of the same. Of those tried
 * on training articles (training/ranker/README.md).
 */
const LIKENESS = { same: 0.9, related: 0.5 };

let thesaurus: Thesaurus | undefined;

/** The words that stand for a folded word, in no order. */
export function synonymsOf(word: string): Synonym[] {
  return loadThesaurus().of(word);
}

/** What the first question would have to wait for: some 50 ms. */
export function loadThesaurus(): Thesaurus {
  thesaurus ??= new Thesaurus(ENTRIES);
  return thesaurus;
}

/** Pairs of words, found from either side. In typed arrays: as objects a hundred thousand of them take ten times the memory. */
export class Thesaurus {
  readonly #words: string[] = [];
  readonly #ids = new Map<string, number>();
  /** The pairs of word `id` stand from `#starts[id]` up to `#starts[id + 1]`. */
  readonly #starts: Uint32Array;
  readonly #others: Uint32Array;
  readonly #isSame: Uint8Array;

  /** `entries` holds lines of three fields with `|` between them: a word, its synonyms, and words that go with it, with spaces between. */
  constructor(entries: string) {
    const pairs = this.#readPairs(entries);
    const count = pairs.length / PAIR;
    this.#starts = this.#countPairs(pairs);
    this.#others = new Uint32Array(2 * count);
    this.#isSame = new Uint8Array(2 * count);
    const next = this.#starts.slice();
    for (let at = 0; at < pairs.length; at += PAIR) {
      const [one, other, isSame] = [pairs[at]!, pairs[at + 1]!, pairs[at + 2]!];
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        const place = next[from]!++;
        this.#others[place] = to;
        this.#isSame[place] = isSame;
      }
    }
  }

  /** Each once, with the best likeness that either word's line gives it. */
  of(word: string): Synonym[] {
    const id = this.#ids.get(word);
    if (id === undefined) return [];
    const best = new Map<number, number>();
    for (let place = this.#starts[id]!; place < this.#starts[id + 1]!; place++) {
      const likeness = this.#isSame[place] === 1 ? LIKENESS.same : LIKENESS.related;
      const other = this.#others[place]!;
      best.set(other, Math.max(likeness, best.get(other) ?? 0));
    }
    return [...best].map(([other, likeness]) => ({ word: this.#words[other]!, likeness }));
  }

  /** `PAIR` numbers each: two words' ids, and 1 where they mean the same. */
  #readPairs(entries: string): Uint32Array {
    // a pair takes a word and a separator at least
    const pairs = new Uint32Array(PAIR * Math.ceil(entries.length / 2));
    let end = 0;
    for (const [word, same, related] of readLines(entries)) {
      for (const [words, isSame] of [
        [same, 1],
        [related, 0],
      ] as const) {
        for (const other of words.split(" ")) {
          if (other === "") continue;
          pairs[end++] = this.#idOf(word);
          pairs[end++] = this.#idOf(other);
          pairs[end++] = isSame;
        }
      }
    }
    return pairs.subarray(0, end);
  }

  #idOf(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    this.#ids.set(word, this.#words.length);
    return this.#words.push(word) - 1;
  }

  #countPairs(pairs: Uint32Array): Uint32Array {
    const starts = new Uint32Array(this.#words.length + 1);
    for (let at = 0; at < pairs.length; at += PAIR) {
      starts[pairs[at]! + 1]!++;
      starts[pairs[at + 1]! + 1]!++;
    }
    for (let id = 1; id < starts.length; id++) starts[id]! += starts[id - 1]!;
    return starts;
  }
}

const PAIR = 3;

function* readLines(entries: string): Generator<[word: string, same: string, related: string]> {
  for (let start = 0; start < entries.length; ) {
    const newline = entries.indexOf("\n", start);
    const end = newline < 0 ? entries.length : newline;
    const [word = "", same = "", related = ""] = entries.slice(start, end).split("|");
    yield [word, same, related];
    start = end + 1;
  }
}
