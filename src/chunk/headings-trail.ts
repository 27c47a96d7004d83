import type { Part } from "./part-at-headings.ts";

const FEWEST = 3;
const CLEARLY = 2;

/**
 * Whether an article's headings stand below what they head. Where the columns of a newspaper page were read one by one, a
 * heading set above or beside its column may come out after it: then it shares its words with the text before it.
 */
export function headingsTrail(text: string, parts: readonly Part[]): boolean {
  const headed = parts.flatMap(({ above }, i) =>
    i > 0 && above.length > 0 ? [{ i, heading: above.at(-1)! }] : [],
  );
  if (headed.length < FEWEST || headed.some(({ heading }) => heading.level !== headed[0]!.heading.level))
    return false;
  const words = parts.map(({ sentences }) =>
    wordPairs(sentences.map(({ start, end }) => text.slice(start, end)).join("")),
  );
  let before = 0;
  let after = 0;
  for (const { i, heading } of headed) {
    const own = [...wordPairs(text.slice(heading.span.start, heading.span.end))];
    before += own.filter((pair) => words[i - 1]!.has(pair)).length / Math.max(1, own.length);
    after += own.filter((pair) => words[i]!.has(pair)).length / Math.max(1, own.length);
  }
  return before > 0.5 && before > CLEARLY * after;
}

/** Every two neighbouring Chinese characters. */
function wordPairs(text: string): Set<string> {
  const characters = [...text.replace(/[^\p{Script=Han}]/gu, "")];
  return new Set(characters.slice(1).map((character, i) => characters[i]! + character));
}
