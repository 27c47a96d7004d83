export type Place = { readonly start: number; readonly end: number };

export type Segment = {
  readonly text: string;
  /** Index among the marked places, where this text is (a part of) one. */
  readonly place?: number;
};

export type BlockKind = "paragraph" | "heading" | "caption";

export type ArticleBlock = {
  readonly kind: BlockKind;
  readonly start: number;
  readonly segments: readonly Segment[];
};

/**
 * Cuts an article's text into the blocks a page shows, with the marked places in them. The `current` place always
 * is one segment, so that its mark holds the quote exactly: blocks it reaches across become one.
 */
export function articleBlocks(text: string, places: readonly Place[], current: number): ArticleBlock[] {
  const chosen = places[current];
  return mergeAcross(splitLines(text), chosen).map(({ start, end }) => {
    const line = text.slice(start, end);
    const heading = /^#{1,6}[ \t]+/.exec(line)?.[0].length ?? 0;
    const isMarked = chosen !== undefined && chosen.start < end && chosen.end > start;
    const from = isMarked ? start : start + heading;
    return { kind: kindOf(line), start, segments: cutSegments(text, { start: from, end }, places, current) };
  });
}

function splitLines(text: string): Place[] {
  const lines: Place[] = [];
  for (const match of text.matchAll(/[^\n]+/g)) {
    if (match[0].trim() !== "") lines.push({ start: match.index, end: match.index + match[0].length });
  }
  return lines;
}

function mergeAcross(lines: readonly Place[], chosen: Place | undefined): Place[] {
  if (!chosen) return [...lines];
  const touched = lines.filter((line) => line.start < chosen.end && line.end > chosen.start);
  const [first, last] = [touched[0], touched.at(-1)];
  if (!first || !last) return [...lines];
  const merged = { start: Math.min(first.start, chosen.start), end: Math.max(last.end, chosen.end) };
  return [
    ...lines.filter((line) => line.end <= first.start),
    merged,
    ...lines.filter((line) => line.start >= last.end),
  ];
}

/** The text comes without marks of its own: what a line is shows by how it begins, how it ends, and how long it is. */
function kindOf(line: string): BlockKind {
  const text = line.trim();
  if (/^#{1,6}\s/.test(text)) return "heading";
  if (isSentence(text) || text.length > LONGEST_CAPTION) return "paragraph";
  return CAPTION.test(text) || text.length > LONGEST_HEADING ? "caption" : "heading";
}

const CAPTION = /^[▲△▼▽◆（(]|^.{0,8}(?:记者|記者|通讯员|通訊員|供图|供圖)|^[文图圖][/／]/;
const LONGEST_HEADING = 22;
const LONGEST_CAPTION = 60;

function isSentence(text: string): boolean {
  return /[。！？；：，、…!?;:,.][”』」’）)】]*$/.test(text);
}

/** The current place wins over others it overlaps; those keep what is left of them. */
function cutSegments(text: string, block: Place, places: readonly Place[], current: number): Segment[] {
  const edges = new Set([block.start, block.end]);
  for (const { start, end } of places) for (const edge of [start, end]) edges.add(clamp(edge, block));
  const chosen = places[current];
  const inside = [...edges]
    .sort((a, b) => a - b)
    .filter((edge) => !chosen || edge <= chosen.start || edge >= chosen.end);
  return inside.slice(1).map((end, index) => {
    const start = inside[index] ?? end;
    const place = placeAt(start, end, places, current);
    return place === undefined ? { text: text.slice(start, end) } : { text: text.slice(start, end), place };
  });
}

function placeAt(start: number, end: number, places: readonly Place[], current: number): number | undefined {
  const covers = (place: Place | undefined) =>
    place !== undefined && place.start <= start && place.end >= end;
  if (covers(places[current])) return current;
  const index = places.findIndex(covers);
  return index < 0 ? undefined : index;
}

function clamp(edge: number, { start, end }: Place): number {
  return Math.min(Math.max(edge, start), end);
}
