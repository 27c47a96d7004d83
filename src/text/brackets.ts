const CLOSING: Readonly<Record<string, string>> = {
  "“": "”",
  "‘": "’",
  "「": "」",
  "『": "』",
  "（": "）",
  "(": ")",
  "《": "》",
  "〈": "〉",
  "【": "】",
};
const OPENING = new Map(Object.entries(CLOSING).map(([opening, closing]) => [closing, opening]));

/** Where each quote or bracket that opens in a line closes again, the outer of nested ones as well as the inner. */
export function matchBrackets(line: string): Map<number, number> {
  const partners = new Map<number, number>();
  const open: { mark: string; at: number }[] = [];
  const waiting = new Map<string, number>();
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (Object.hasOwn(CLOSING, character)) {
      open.push({ mark: character, at });
      waiting.set(character, (waiting.get(character) ?? 0) + 1);
    }
    const opening = OPENING.get(character);
    // without this, a line of brackets that never close would be searched anew for every mark that closes none of them
    if (opening === undefined || !waiting.get(opening)) continue;
    for (let last = open.pop(); last; last = open.pop()) {
      waiting.set(last.mark, waiting.get(last.mark)! - 1);
      if (last.mark !== opening) continue;
      partners.set(last.at, at);
      break;
    }
  }
  return partners;
}
