import type { Span } from "../../../../text/span.ts";
import { endOf, type MatchTable, startOf } from "./match-table.ts";
import type { MatchedQuestion } from "./word-matcher.ts";

/** In characters: how close a word stands that goes with a number, how far matches are looked for, and over which they fade. */
const BESIDE = 6;
const REACH = 24;
const FADING_NEAR = 10;
/** By distance, 0 … `REACH`. */
const FADED = Array.from({ length: REACH + 1 }, (_, distance) => Math.exp(-distance / FADING_NEAR));

/** Of what a usual question's words weigh together, so that sums stay around 0 … 1. */
const USUAL_WEIGHT = 20;

/** What of a question stands around a span of a text. */
export type WordsAround = {
  /** The best match close to the span, of the word that was asked about. */
  readonly beside: number;
  /** Each word's best match outside of the span, less the further away. */
  readonly fading: readonly number[];
  /** The weights of all words so matched, and of those that name nothing. */
  readonly all: number;
  readonly relation: number;
};

/** `head` is the number of the word that is looked for close to the span, its own words too; -1 for none. */
export function wordsAround(
  { words }: MatchedQuestion,
  table: MatchTable,
  span: Span,
  head = -1,
): WordsAround {
  const beside = head < 0 ? 0 : matchBeside(table, head, span);
  const fading = words.map((_, i) => fadingMatch(table, i, span));
  let all = 0;
  let relation = 0;
  words.forEach(({ isName, weight }, i) => {
    all += weight * fading[i]!;
    if (!isName) relation += weight * fading[i]!;
  });
  return { beside, fading, all: all / USUAL_WEIGHT, relation: relation / USUAL_WEIGHT };
}

function matchBeside(table: MatchTable, word: number, { start, end }: Span): number {
  let best = 0;
  for (let k = 0; k < table.columns; k++) {
    const distance = Math.max(0, start - endOf(table, k), startOf(table, k) - end);
    if (distance <= BESIDE) best = Math.max(best, table.values[word * table.columns + k]!);
  }
  return best;
}

function fadingMatch(table: MatchTable, word: number, { start, end }: Span): number {
  let best = 0;
  for (let k = 0; k < table.columns; k++) {
    const [from, to] = [startOf(table, k), endOf(table, k)];
    const distance = Math.max(0, start - to, from - end);
    const isInside = from >= start && to <= end;
    if (distance > REACH || isInside) continue;
    best = Math.max(best, table.values[word * table.columns + k]! * FADED[distance]!);
  }
  return best;
}

/** Words that are less alike stand in a text by chance. */
const ALIKE = 0.3;

/** Over which words that belong together fade, in characters, and beyond which they do not count. */
const FADING_TOGETHER = 8;
const REACH_TOGETHER = 40;
const FADED_TOGETHER = Array.from({ length: REACH_TOGETHER + 1 }, (_, distance) =>
  Math.exp(-distance / FADING_TOGETHER),
);

/** How well each word of the question is matched amid the others, by what these weigh: 刘毅 beside 妻子 for 刘毅医生的妻子. */
export function matchesTogether({ words }: MatchedQuestion, table: MatchTable): number[] {
  const total = words.reduce((sum, { weight }) => sum + weight, 0);
  const places = words.map((_, i) => placesOf(table, i));
  return words.map(({ weight }, i) => {
    const others = Math.max(1e-9, total - weight);
    let best = 0;
    for (const place of places[i]!) {
      let held = 0;
      for (const [j, other] of words.entries()) {
        if (j !== i) held += other.weight * closestMatch(table, j, { place, places: places[j]! });
      }
      best = Math.max(best, (table.values[i * table.columns + place]! * held) / others);
    }
    return best;
  });
}

function placesOf({ values, columns }: MatchTable, word: number): number[] {
  const places: number[] = [];
  for (let k = 0; k < columns; k++) if (values[word * columns + k]! >= ALIKE) places.push(k);
  return places;
}

/** Of a word at `places`, seen from another at `place`. */
function closestMatch(
  table: MatchTable,
  word: number,
  { place, places }: { readonly place: number; readonly places: readonly number[] },
): number {
  let best = 0;
  for (const other of places) {
    const distance = Math.max(
      0,
      startOf(table, place) - endOf(table, other),
      startOf(table, other) - endOf(table, place),
    );
    if (distance > REACH_TOGETHER) continue;
    best = Math.max(best, table.values[word * table.columns + other]! * FADED_TOGETHER[distance]!);
  }
  return best;
}
