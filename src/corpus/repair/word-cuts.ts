import type { SourceLine } from "../head/source-line.ts";

const WORDS = new Intl.Segmenter("zh", { granularity: "word" });

/** So many characters on either side of a break are looked at. */
const CONTEXT = 6;
/** A segmenter takes longer to be set on a text than to cut it: so many breaks share one text, which it would be slow to find its place in were it long. */
const AT_ONCE = 64;

/** Tells of each line whether the break after it falls inside a word, as in 儿 / 童疾病. */
export function wordCutsOf(lines: readonly SourceLine[]): (i: number) => boolean {
  const known = new Map<number, ReadonlySet<number>>();
  return (i) => {
    const from = i - (i % AT_ONCE);
    let cuts = known.get(from);
    if (!cuts) {
      cuts = findCuts(lines, from, Math.min(from + AT_ONCE, lines.length - 1));
      known.set(from, cuts);
    }
    return cuts.has(i);
  };
}

function findCuts(lines: readonly SourceLine[], from: number, to: number): Set<number> {
  let text = "";
  const breaks: { line: number; at: number }[] = [];
  for (let line = from; line < to; line++) {
    const head = lines[line]!.text;
    const tail = lines[line + 1]!.text;
    if (!ENDS_IN_HAN.test(head.slice(-2)) || !STARTS_WITH_HAN.test(tail)) continue;
    const before = lastCharacters(head);
    breaks.push({ line, at: text.length + before.length });
    text += `${before}${firstCharacters(tail)}\n`;
  }
  const words = WORDS.segment(text);
  const cuts = breaks.filter(({ at }) => words.containing(at)?.index !== at);
  return new Set(cuts.map(({ line }) => line));
}

const ENDS_IN_HAN = /\p{Script=Han}$/u;
const STARTS_WITH_HAN = /^\p{Script=Han}/u;

function lastCharacters(text: string): string {
  return Array.from(text.slice(-2 * CONTEXT - 1))
    .slice(-CONTEXT)
    .join("");
}

function firstCharacters(text: string): string {
  return Array.from(text.slice(0, 2 * CONTEXT))
    .slice(0, CONTEXT)
    .join("");
}
