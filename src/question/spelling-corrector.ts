import { polyphonic } from "pinyin-pro";
import { fold } from "../text/fold.ts";
import { tagWords } from "../text/segment.ts";

const HAN_PAIR = /^\p{Script=Han}{2}$/u;
/** jieba knows many misspelt names as names; ordinary words that the corpus does not use are right as they are. */
const NAME_TAG = /^(?:n[rstz]|x)/u;

/** What the corrector asks of an index: its terms, pairs of neighbouring characters among them, and how many texts hold each. */
export type Vocabulary = {
  readonly vocabulary: readonly string[];
  documentFrequency(term: string): number;
};

/**
 * Mends typing errors in names: a character whose pairs with its neighbours do not occur in the corpus gives way to one of
 * the same sound whose pairs do (株州 → 株洲), or, between two others, to the only one that does (黎伯峰 → 黎柏峰).
 */
export class SpellingCorrector {
  readonly #source: Vocabulary;
  #pairs: { readonly after: CharacterSets; readonly before: CharacterSets } | undefined;

  constructor(vocabulary: Vocabulary) {
    this.#source = vocabulary;
  }

  /** The question, folded where something was mended; as it is where nothing was. */
  correct(question: string): string {
    const characters = [...fold(question)];
    let changed = false;
    for (const doubt of this.#doubtfulPlaces(characters)) {
      const mended = this.#mend(characters, doubt);
      if (mended === undefined) continue;
      characters[doubt.place] = mended;
      changed = true;
    }
    return changed ? characters.join("") : question;
  }

  /** Places within names that stand in a pair unknown to the corpus. */
  #doubtfulPlaces(characters: readonly string[]): Doubt[] {
    return placesInNames(characters.join("")).filter(({ place }) => {
      const character = characters[place];
      return (
        this.#isUnknownPair(characters[place - 1], character) ||
        this.#isUnknownPair(character, characters[place + 1])
      );
    });
  }

  #isUnknownPair(first: string | undefined, second: string | undefined): boolean {
    const pair = `${first ?? ""}${second ?? ""}`;
    return HAN_PAIR.test(pair) && this.#source.documentFrequency(pair) === 0;
  }

  #mend(characters: readonly string[], { place, isInside }: Doubt): string | undefined {
    const before = characters[place - 1];
    const after = characters[place + 1];
    const now = characters[place]!;
    const unknownNow = this.#unknownPairs(before, now, after);
    if (unknownNow === 0) return undefined;
    const candidates = this.#neighboursOf(before, after).filter((other) => other !== now);
    const better = candidates.filter((other) => this.#unknownPairs(before, other, after) < unknownNow);
    const sounding = better.filter((other) => soundAlike(other, now));
    const mendsBoth = better.filter(
      (other) => isInside && unknownNow === 2 && this.#unknownPairs(before, other, after) === 0,
    );
    const chosen = sounding.length > 0 ? sounding : mendsBoth.length === 1 ? mendsBoth : [];
    const weight = (other: string) => this.#frequency(before, other) + this.#frequency(other, after);
    return chosen.sort((a, b) => weight(b) - weight(a))[0];
  }

  #unknownPairs(before: string | undefined, character: string, after: string | undefined): number {
    return Number(this.#isUnknownPair(before, character)) + Number(this.#isUnknownPair(character, after));
  }

  #frequency(first: string | undefined, second: string | undefined): number {
    return this.#source.documentFrequency(`${first ?? ""}${second ?? ""}`);
  }

  #neighboursOf(before: string | undefined, after: string | undefined): string[] {
    this.#pairs ??= pairUp(this.#source.vocabulary);
    return [
      ...new Set([
        ...(this.#pairs.after.get(before ?? "") ?? []),
        ...(this.#pairs.before.get(after ?? "") ?? []),
      ]),
    ];
  }
}

type CharacterSets = ReadonlyMap<string, readonly string[]>;

function pairUp(vocabulary: readonly string[]): { after: CharacterSets; before: CharacterSets } {
  const after = new Map<string, string[]>();
  const before = new Map<string, string[]>();
  for (const term of vocabulary) {
    if (!HAN_PAIR.test(term)) continue;
    const [first, second] = [...term] as [string, string];
    push(after, first, second);
    push(before, second, first);
  }
  return { after, before };
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** A place in a name, in characters, and whether the name goes on at both sides. */
type Doubt = { readonly place: number; readonly isInside: boolean };

function placesInNames(text: string): Doubt[] {
  let start = 0;
  return tagWords(text).flatMap(({ word, tag }) => {
    const { length } = [...word];
    start += length;
    if (!(length > 1 || tag === "nr") || !NAME_TAG.test(tag) || !/^\p{Script=Han}+$/u.test(word)) return [];
    return Array.from({ length }, (_, i) => ({
      place: start - length + i,
      isInside: i > 0 && i < length - 1,
    }));
  });
}

const sounds = new Map<string, ReadonlySet<string>>();

/** Whether two characters share a reading, tones and what southern speakers do not tell apart aside: zh/z, ch/c, sh/s, n/l, -ng/-n. */
function soundAlike(a: string, b: string): boolean {
  const readings = readingsOf(b);
  return [...readingsOf(a)].some((reading) => readings.has(reading));
}

function readingsOf(character: string): ReadonlySet<string> {
  let readings = sounds.get(character);
  if (!readings) {
    const [plain = []] = polyphonic(character, { toneType: "none", type: "array" }) as unknown as string[][];
    readings = new Set(
      plain.map((sound) =>
        sound
          .replace(/^([zcs])h/u, "$1")
          .replace(/^l/u, "n")
          .replace(/ng$/u, "n"),
      ),
    );
    sounds.set(character, readings);
  }
  return readings;
}
