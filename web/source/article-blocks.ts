import type { ReadableArticle } from "../client/parse.ts";

export type Place = { readonly start: number; readonly end: number };

export type Segment = {
  readonly text: string;
  /** Index among the marked places, where this text is (a part of) one. */
  readonly place?: number;
};

export type BlockKind = "title" | "heading" | "caption" | "paragraph";

export type ArticleBlock = {
  readonly kind: BlockKind;
  readonly start: number;
  readonly segments: readonly Segment[];
};

/**
 * Cuts an article's text into the blocks a page shows, with the marked places in them. The `current` place always
 * is one segment, so that its mark holds the quote exactly: blocks it reaches across become one.
 */
export function articleBlocks(
  article: ArticleLines,
  places: readonly Place[],
  current: number,
): ArticleBlock[] {
  const { text } = article;
  return mergeAcross(splitLines(text), places[current]).map((line) => {
    const { kind, shown } = readLine(article, line);
    const segments = cutSegments(text, isTouched(line, places[current]) ? line : shown, places, current);
    return { kind, start: line.start, segments };
  });
}

export type ArticleLines = Pick<ReadableArticle, "text" | "headings" | "captions">;

/** What a line is, and which part of it is shown: headings leave their bullets. */
function readLine({ headings, captions }: ArticleLines, line: Place): { kind: BlockKind; shown: Place } {
  const heading = headings.find(({ span }) => isInside(span, line));
  if (heading) return { kind: heading.level === 0 ? "title" : "heading", shown: heading.span };
  return { kind: captions.some((span) => isInside(span, line)) ? "caption" : "paragraph", shown: line };
}

function isInside(inner: Place, outer: Place): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function isTouched(line: Place, place: Place | undefined): boolean {
  return place !== undefined && place.start < line.end && place.end > line.start;
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
  const touched = lines.filter((line) => isTouched(line, chosen));
  const [first, last] = [touched[0], touched.at(-1)];
  if (!first || !last) return [...lines];
  const merged = { start: Math.min(first.start, chosen.start), end: Math.max(last.end, chosen.end) };
  return [
    ...lines.filter((line) => line.end <= first.start),
    merged,
    ...lines.filter((line) => line.start >= last.end),
  ];
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
