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
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (character in CLOSING) open.push({ mark: character, at });
    const opening = OPENING.get(character);
    const depth = opening === undefined ? -1 : open.findLastIndex(({ mark }) => mark === opening);
    if (depth >= 0) partners.set(open.splice(depth)[0]!.at, at);
  }
  return partners;
}
