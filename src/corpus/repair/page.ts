import { type SourceLine, widthOf } from "../head/source-line.ts";
import { coreWidth, surroundingsOf } from "./columns.ts";
import { inRuns } from "./in-runs.ts";
import { PRICE, priceAlone, priceStart, priceWithoutColumn } from "./line-prices.ts";
import { wordCutsOf } from "./word-cuts.ts";

/** What grouping the lines of a text is decided by; prices and widths in units (`toUnits`). */
export type Page = {
  readonly lines: readonly LineOfPage[];
  readonly seams: readonly Seam[];
  /** The widths of the columns around line `i`. */
  readonly columns: (i: number) => readonly number[];
};

export type LineOfPage = {
  readonly width: number;
  readonly indented: boolean;
  /** What it costs that it stands alone, and that it ends a paragraph of several lines. */
  readonly alone: number;
  readonly ending: number;
};

/** Between line `i` and the next. */
export type Seam = {
  /** Whether they cannot be of one paragraph. */
  readonly parted: boolean;
  /** What it costs to join them where they are of a column that fits; and where there is no column. */
  readonly inColumn: number;
  readonly withoutColumn: number;
  /** Between these widths a column may end where the first line does. */
  readonly narrowest: number;
  readonly widest: number;
};

/** A width, or a price, in whole units: they are multiples of a twentieth of a character, so that sums are exact and ties are ties. */
export function toUnits(characters: number): number {
  return Math.round(characters * 20);
}

export function readPage(lines: readonly SourceLine[]): Page {
  const verse = verseLines(lines);
  const marked = lines.filter(({ mark }) => mark.kind === "heading").length > 1;
  const near = surroundingsOf(lines);
  const cutsWord = wordCutsOf(lines);
  return {
    lines: lines.map((line, i) => {
      const next = lines[i + 1];
      return readLine(line, priceAlone(line, { next, marked, cutsWord: () => cutsWord(i) }), !next);
    }),
    seams: lines.slice(1).map((next, i) => readSeam(lines[i]!, next, verse[i]!, near(i).gap)),
    columns: (i) => near(i).columns,
  };
}

function readLine({ width, indented }: SourceLine, alone: number, isLast: boolean): LineOfPage {
  const ending = alone > PRICE.softEnd && !isLast ? Math.max(alone, PRICE.openEnd) : alone;
  return { width: toUnits(width), indented, alone: toUnits(alone), ending: toUnits(ending) };
}

const MOST_FOR_GAP = 3;

function readSeam(line: SourceLine, next: SourceLine, isVerse: boolean, usualGap: number): Seam {
  const price = Math.min(MOST_FOR_GAP, Math.max(0, next.gap - usualGap)) + priceStart(line, next);
  return {
    parted: isVerse || isParted(line, next),
    inColumn: toUnits(price),
    withoutColumn: toUnits(price + priceWithoutColumn(line, next)),
    narrowest: toUnits(coreWidth(line)),
    widest: toUnits(line.width + Math.max(0, firstWordWidth(next) - 1)),
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
  return inRuns(lines.map(isLine), 4);
}
