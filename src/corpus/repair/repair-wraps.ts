import { type SourceLine, widthOf } from "../head/source-line.ts";
import { coreWidth, surroundingsOf } from "./columns.ts";
import { PRICE, priceAlone, priceStart, priceWithoutColumn } from "./line-prices.ts";

/**
 * Which lines are one paragraph: for each, its first line and the one after its last.
 *
 * Newspapers, PDF and OCR break lines where a column ends. Nothing marks such a break, but the lines around it do: their
 * widths agree, they end without a mark, and the last one is shorter. So every way to group the lines is priced by how
 * far it is from that picture, and the cheapest one is taken.
 */
export function groupLines(lines: readonly SourceLine[]): { from: number; to: number }[] {
  const page = readPage(lines);
  const plain = cheapest(page, 0);
  const indented = cheapest(page, 2);
  return (indented.cost < plain.cost ? indented : plain).groups;
}

type Page = {
  readonly lines: readonly SourceLine[];
  /** What it costs that line `i` stands alone. */
  readonly alone: readonly number[];
  readonly seams: readonly Seam[];
  /** The widths of the columns around line `i`. */
  readonly columns: (i: number) => readonly number[];
};

/** Between line `i` and the next. */
type Seam = {
  /** Whether they cannot be of one paragraph. */
  readonly parted: boolean;
  /** What it costs to join them, whatever the column; and what it costs besides where there is no column. */
  readonly price: number;
  readonly priceWithoutColumn: number;
  /** Between these widths a column may end where the first line does. */
  readonly narrowest: number;
  readonly widest: number;
};

function readPage(lines: readonly SourceLine[]): Page {
  const verse = verseLines(lines);
  const marked = lines.filter(({ mark }) => mark.kind === "heading").length > 1;
  const near = surroundingsOf(lines);
  return {
    lines,
    alone: lines.map((line, i) => priceAlone(line, lines[i + 1], marked)),
    seams: lines.slice(1).map((next, i) => readSeam(lines[i]!, next, verse[i]!, near(i).gap)),
    columns: (i) => near(i).columns,
  };
}

const MOST_FOR_GAP = 3;

function readSeam(line: SourceLine, next: SourceLine, isVerse: boolean, usualGap: number): Seam {
  const gap = Math.min(MOST_FOR_GAP, Math.max(0, next.gap - usualGap));
  return {
    parted: isVerse || isParted(line, next),
    price: gap + priceStart(line, next),
    priceWithoutColumn: priceWithoutColumn(line, next),
    narrowest: coreWidth(line),
    widest: line.width + Math.max(0, firstWordWidth(next) - 1),
  };
}

const LONELY = new Set(["heading", "caption", "byline", "credit", "rule"]);

function isParted(line: SourceLine, next: SourceLine): boolean {
  return (
    next.indented || LONELY.has(line.mark.kind) || LONELY.has(next.mark.kind) || next.mark.kind === "item"
  );
}

/** A word or number that had to go to the next line left more room than a Chinese character does. */
function firstWordWidth({ text }: SourceLine): number {
  return widthOf(/^[\p{Script=Latin}\p{N}\p{P}]+/u.exec(text)?.[0] ?? "");
}

/** Lines that each end with a mark and hold none: four or more of them are verse, which is not prose that was wrapped. */
function verseLines(lines: readonly SourceLine[]): boolean[] {
  const isLine = ({ text, width }: SourceLine) =>
    width <= 16 && /^[^，。；！？,;!?]{2,}[，。；！？,;!?][”」』]?$/u.test(text);
  const verse = lines.map(() => false);
  for (let from = 0; from < lines.length; from++) {
    let to = from;
    while (to < lines.length && isLine(lines[to]!)) to++;
    if (to - from >= 4) verse.fill(true, from, to);
    from = Math.max(from, to);
  }
  return verse;
}

type Plan = { cost: number; groups: { from: number; to: number }[] };

/** The cheapest grouping where a paragraph's first line is `indent` characters narrower than its column. */
function cheapest(page: Page, indent: number): Plan {
  const { lines } = page;
  const cost = [0, ...lines.map(() => Number.POSITIVE_INFINITY)];
  const start = lines.map(() => 0);
  const offer = (from: number, to: number, price: number) => {
    if (cost[from]! + price < cost[to]!) {
      cost[to] = cost[from]! + price;
      start[to - 1] = from;
    }
  };
  for (let from = 0; from < lines.length; from++) {
    offer(from, from + 1, page.alone[from]!);
    for (const column of [undefined, ...page.columns(from)]) extend(page, from, column, indent, offer);
  }
  const groups: Plan["groups"] = [];
  for (let to = lines.length; to > 0; to = start[to - 1]!) groups.push({ from: start[to - 1]!, to });
  return { cost: cost[lines.length]!, groups: groups.reverse() };
}

const LONGEST_PARAGRAPH = 400;

/** Where a paragraph costs more than this, and this much more a line, it is none. */
const HOPELESS = 12;
const HOPELESS_A_LINE = 0.6;

/** Offers every paragraph that starts at `from` and was set in a column of that width, or in none. */
function extend(
  page: Page,
  from: number,
  column: number | undefined,
  indent: number,
  offer: (from: number, to: number, price: number) => void,
): void {
  const { lines, seams } = page;
  let price = 0;
  for (let at = from; at + 1 < lines.length && at - from < LONGEST_PARAGRAPH; at++) {
    const seam = seams[at]!;
    if (seam.parted) return;
    const edge = at === from && !lines[at]!.indented ? indent : 0;
    price += seam.price + (column === undefined ? seam.priceWithoutColumn : misfit(seam, column - edge));
    if (price > HOPELESS + HOPELESS_A_LINE * (at - from)) return;
    const overflow = column === undefined ? 0 : Math.max(0, lines[at + 1]!.width - column - 1);
    offer(from, at + 2, price + overflow + priceEnd(page, at + 1));
  }
}

function priceEnd({ alone, lines }: Page, last: number): number {
  const price = alone[last]!;
  return price > PRICE.softEnd && last < lines.length - 1 ? Math.max(price, PRICE.openEnd) : price;
}

/** How far a line's end is from where the column ends. */
function misfit({ narrowest, widest }: Seam, column: number): number {
  return Math.min(PRICE.most, Math.max(0, narrowest - column, column - widest));
}
