import { polyphonic } from "pinyin-pro";
import { runAtOnce, type Steps } from "../steps.ts";
import { fold } from "../text/fold.ts";
import { tagWords } from "../text/segment.ts";
import { SURNAMES } from "../text/surnames.ts";

const HAN_PAIR = /^\p{Script=Han}{2}$/u;
/** jieba knows many misspelt names as names; ordinary words that the corpus does not use are right as they are. */
const NAME_TAG = /^n[rstz]/u;

/** What the corrector asks of an index: its terms, pairs of neighbouring characters among them, and how many texts hold each. */
export type Vocabulary = {
  readonly vocabulary: readonly string[];
  documentFrequency(term: string): number;
};

/**
 * Mends typing errors in names: where a name holds a pair of characters that the corpus does not, one of its characters gives
 * way to one of the same sound with which all its pairs are known (株州 → 株洲), or, inside the name, to the only one that makes
 * them known (黎伯峰 → 黎柏峰).
 */
export class SpellingCorrector {
  readonly #source: Vocabulary;
  #pairs: Pairs | undefined;

  constructor(vocabulary: Vocabulary) {
    this.#source = vocabulary;
  }

  /** What the first typing error would have to wait for, in steps. */
  *prepare(): Steps<void> {
    this.#pairs ??= yield* pairUp(this.#source.vocabulary);
  }

  /** The question, folded where something was mended; as it is where nothing was. */
  correct(question: string): string {
    const words = tagWords(fold(question));
    const mended = words.map(({ word, tag }) => (isName(word, tag) ? this.#mend(word) : word));
    return mended.every((word, i) => word === words[i]!.word) ? question : mended.join("");
  }

  #mend(name: string): string {
    if (this.#isKnown(name)) return name;
    const characters = [...name];
    const mended = characters.flatMap((character, place) => {
      const others = this.#charactersAt(characters, place).filter((other) => other !== character);
      const known = others
        .map((other) => ({ other, word: characters.with(place, other).join("") }))
        .filter(({ word }) => this.#isKnown(word));
      const sounding = known.filter(({ other }) => soundAlike(other, character));
      const isInside = place > 0 && place < characters.length - 1;
      return sounding.length > 0 || !isInside || known.length !== 1 ? sounding : known;
    });
    return mended.map(({ word }) => word).sort((a, b) => this.#frequency(b) - this.#frequency(a))[0] ?? name;
  }

  #isKnown(name: string): boolean {
    return pairsOf(name).every((pair) => this.#source.documentFrequency(pair) > 0);
  }

  #frequency(name: string): number {
    return Math.min(...pairsOf(name).map((pair) => this.#source.documentFrequency(pair)));
  }

  /** The characters that the corpus has next to the neighbours of a place. */
  #charactersAt(characters: readonly string[], place: number): string[] {
    this.#pairs ??= runAtOnce(pairUp(this.#source.vocabulary));
    const after = this.#pairs.after.get(characters[place - 1] ?? "") ?? [];
    const before = this.#pairs.before.get(characters[place + 1] ?? "") ?? [];
    return [...new Set([...after, ...before])];
  }
}

/** What jieba could not place (x) is a person's name where it begins like one, and mostly two words cut wrongly elsewhere. */
function isName(word: string, tag: string): boolean {
  if (!/^\p{Script=Han}{2,}$/u.test(word) || FUNCTION_CHARACTERS.test(word)) return false;
  return tag === "x" ? SURNAMES.has(word[0]!) || SURNAMES.has(word.slice(0, 2)) : NAME_TAG.test(tag);
}

const FUNCTION_CHARACTERS = /[是的了谁哪什么几第至与和]/u;

function pairsOf(word: string): string[] {
  const characters = [...word];
  return characters.slice(1).map((character, i) => characters[i]! + character);
}

type CharacterSets = ReadonlyMap<string, readonly string[]>;

type Pairs = { readonly after: CharacterSets; readonly before: CharacterSets };

/** Some tenths of a millisecond. */
const TERMS_A_STEP = 500;

function* pairUp(vocabulary: readonly string[]): Steps<Pairs> {
  const after = new Map<string, string[]>();
  const before = new Map<string, string[]>();
  for (const [i, term] of vocabulary.entries()) {
    if (i % TERMS_A_STEP === 0) yield;
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
