import { endsSentence, type SourceLine, widthOf } from "./source-line.ts";

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

/** Prices, in widths of a Chinese character: how far a line may be from the column's edge before another reading is better. */
const PRICE = {
  /** A line ends a paragraph with a sentence, or with a semicolon or colon. */
  endOfSentence: 0.4,
  softEnd: 0.8,
  /** A line that ends no sentence stands alone: it looks like a heading, or like one but for a comma or its length, or like prose. */
  heading: 1.2,
  headingWithComma: 1.5,
  headingOfFourAndMore: 0.9,
  headingWithCommaAmongMarked: 3,
  longHeading: 1.5,
  brokenSentence: 8,
  /** A paragraph of several lines ends without a mark. */
  openEnd: 3,
  /** Two lines are joined although no column says so; and although the first ends a sentence. */
  withoutColumn: 2,
  acrossSentences: 6,
  /** A line that starts like an item of a list, or like a sentence, is joined to the one before it. */
  beforeLabel: 2.5,
  beforeOpening: 3,
  /** No single line costs more than this, or one odd line would decide. */
  most: 4,
} as const;

type Page = {
  readonly lines: readonly SourceLine[];
  /** What it costs that line `i` stands alone. */
  readonly alone: readonly number[];
  /** Whether line `i + 1` cannot belong to the paragraph of line `i`. */
  readonly parted: readonly boolean[];
  /** What is usual around line `i`. */
  readonly near: (i: number) => Surroundings;
};

type Surroundings = {
  /** How many blank lines stand between two lines. */
  readonly gap: number;
  /** The widths on which the lines that end without a mark agree. */
  readonly columns: readonly number[];
};

function readPage(lines: readonly SourceLine[]): Page {
  const verse = verseLines(lines);
  const marked = lines.filter(({ mark }) => mark.kind === "heading").length > 1;
  return {
    lines,
    alone: lines.map((line, i) => priceAlone(line, lines[i + 1], marked)),
    parted: lines.map((line, i) => verse[i] || isParted(line, lines[i + 1])),
    near: surroundingsOf(lines),
  };
}

function isParted(line: SourceLine, next: SourceLine | undefined): boolean {
  if (!next || next.indented) return true;
  const lonely = ["heading", "caption", "byline", "credit", "rule"];
  return lonely.includes(line.mark.kind) || lonely.includes(next.mark.kind) || next.mark.kind === "item";
}

const LONG_HEADING = 24;
const LONGEST_HEADING = 32;

function priceAlone({ text, width }: SourceLine, next: SourceLine | undefined, marked: boolean): number {
  if (next?.mark.kind === "rest") return PRICE.brokenSentence;
  if (endsSentence(text)) return PRICE.endOfSentence;
  if (/[；;：:]$/u.test(text)) return PRICE.softEnd;
  if (/[，,、（(《“‘「『]$/u.test(text) || isUnbalanced(text)) return PRICE.brokenSentence;
  const clauses = text.match(/[，,；;：]/gu)?.length ?? 0;
  if ((width > LONGEST_HEADING && clauses > 0) || clauses > 1 || /[。！？!?].*\S/u.test(text))
    return PRICE.brokenSentence;
  if (next && (cutsWord(text, next.text) || /^\p{Script=Han}{1,2}[。！？；”」]/u.test(next.text)))
    return PRICE.brokenSentence;
  const tooLong =
    width > LONGEST_HEADING ? 2 * PRICE.longHeading : width > LONG_HEADING ? PRICE.longHeading : 0;
  if (clauses === 0 && !text.includes("、")) return PRICE.heading + tooLong;
  if (!marked && FOUR_AND_MORE.test(text)) return tooLong + PRICE.headingOfFourAndMore;
  return tooLong + (marked ? PRICE.headingWithCommaAmongMarked : PRICE.headingWithComma);
}

/** How newspapers like to phrase a heading: 爱心永恒，绽放志愿服务之花. */
const FOUR_AND_MORE = /^\p{Script=Han}{4}[，,][^，,；：]{4,14}$/u;

function isUnbalanced(text: string): boolean {
  const count = (mark: RegExp) => text.match(mark)?.length ?? 0;
  return (
    count(/[“]/gu) !== count(/[”]/gu) ||
    count(/[「『]/gu) !== count(/[」』]/gu) ||
    count(/[《]/gu) !== count(/[》]/gu) ||
    count(/[（(]/gu) !== count(/[）)]/gu)
  );
}

const WORDS = new Intl.Segmenter("zh", { granularity: "word" });

/** Whether the break falls inside a word, as in 儿 / 童疾病: no heading ends there. */
export function cutsWord(text: string, next: string): boolean {
  const head = Array.from(text).slice(-6).join("");
  const tail = Array.from(next).slice(0, 6).join("");
  if (!/\p{Script=Han}$/u.test(head) || !/^\p{Script=Han}/u.test(tail)) return false;
  for (const { index } of WORDS.segment(head + tail)) if (index === head.length) return false;
  return true;
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

const WINDOW = 16;
const NARROWEST = 9;
const WIDEST = 70;

function surroundingsOf(lines: readonly SourceLine[]): Page["near"] {
  const known = new Map<number, Surroundings>();
  return (i) => {
    const window = Math.floor(i / WINDOW);
    let near = known.get(window);
    if (!near) {
      const around = lines.slice(Math.max(0, (window - 1) * WINDOW), (window + 2) * WINDOW);
      near = { gap: median(around.map(({ gap }) => gap)), columns: findColumns(around.filter(isOpen)) };
      known.set(window, near);
    }
    return near;
  };
}

function isOpen({ text, mark, width }: SourceLine): boolean {
  return (
    !endsSentence(text) &&
    mark.kind !== "heading" &&
    mark.kind !== "byline" &&
    width >= NARROWEST &&
    width <= WIDEST
  );
}

function findColumns(lines: readonly SourceLine[]): number[] {
  const slack = lines.some(({ text }) => /\p{Script=Han}/u.test(text)) ? 0.75 : 5;
  const agreeing = (width: number, within: number) =>
    lines.filter((line) => Math.abs(coreWidth(line) - width) <= within);
  const widths = [...new Set(lines.map(coreWidth))].map((width) => ({
    width,
    alike: agreeing(width, slack),
  }));
  const strongest = (near: number) =>
    Math.max(...widths.filter(({ width }) => Math.abs(width - near) <= 2).map(({ alike }) => alike.length));
  return widths
    .filter(({ width, alike }) => {
      const punctuated = alike.filter(({ text }) =>
        /[，。、；：！？,.;!?“”].*[^”）]$/u.test(text.slice(1)),
      ).length;
      const ended = alike.filter(({ text }) => /[，、；,;]$/u.test(text)).length;
      const enough = alike.length >= Math.max(3, strongest(width) / 3);
      return enough && punctuated >= alike.length * 0.3 && ended <= alike.length * 0.6;
    })
    .map(({ width }) => width);
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
    for (const column of [undefined, ...page.near(from).columns]) extend(page, from, column, indent, offer);
  }
  const groups: Plan["groups"] = [];
  for (let to = lines.length; to > 0; to = start[to - 1]!) groups.push({ from: start[to - 1]!, to });
  return { cost: cost[lines.length]!, groups: groups.reverse() };
}

const LONGEST_PARAGRAPH = 400;
const HOPELESS = 12;

/** Offers every paragraph that starts at `from` and was set in a column of that width, or in none. */
function extend(
  page: Page,
  from: number,
  column: number | undefined,
  indent: number,
  offer: (from: number, to: number, price: number) => void,
): void {
  const { lines } = page;
  let price = 0;
  for (let at = from; at + 1 < lines.length && at - from < LONGEST_PARAGRAPH; at++) {
    if (page.parted[at]) return;
    const line = lines[at]!;
    const next = lines[at + 1]!;
    price +=
      column === undefined
        ? joinAnyway(line, next)
        : misfit(line, next, at === from && !line.indented ? column - indent : column);
    price += Math.min(3, Math.max(0, next.gap - page.near(at).gap)) + priceStart(line, next);
    if (price > HOPELESS) return;
    const overflow = column === undefined ? 0 : Math.max(0, next.width - column - 1);
    offer(from, at + 2, price + overflow + priceEnd(page, at + 1));
  }
}

function priceEnd({ alone, lines }: Page, last: number): number {
  const price = alone[last]!;
  return price > PRICE.softEnd && last < lines.length - 1 ? Math.max(price, PRICE.openEnd) : price;
}

/** 6月22日， and 近年来， open a sentence, unless the line before ends in a mark or in a word that leads to a date. */
const OPENING =
  /^(?:(?:\d{4} ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?日[^，\p{P}]{0,3}，|(?:近年来|今年以来|多年来|这些年|近日|如今|目前|同时|此外|据悉|据统计|值得一提的是)[，,])/u;

function priceStart(line: SourceLine, next: SourceLine): number {
  if (next.mark.kind === "label") return PRICE.beforeLabel;
  return OPENING.test(next.text) && /[^\p{P}在于从自至到即是及和与]$|”$/u.test(line.text)
    ? PRICE.beforeOpening
    : 0;
}

function joinAnyway({ text }: SourceLine, next: SourceLine): number {
  if (next.mark.kind === "rest") return 0;
  return PRICE.withoutColumn + (endsSentence(text) ? PRICE.acrossSentences : 0);
}

/** How far a line's end is from where the column ends, given that the next line's first word had to fit in. */
function misfit(line: SourceLine, next: SourceLine, column: number): number {
  const [word] = /^[\p{Script=Latin}\p{N}\p{P}]+/u.exec(next.text) ?? [""];
  const room = Math.max(0, widthOf(word) - 1);
  const narrowest = coreWidth(line);
  const difference = narrowest > column ? narrowest - column : Math.max(0, column - line.width - room);
  return Math.min(difference, PRICE.most);
}

/** Without the mark at its end, which may hang over the edge of the column or be squeezed. */
function coreWidth({ text, width }: SourceLine): number {
  return width - (/[，。、；：！？”’」』）》]$/u.test(text) ? 1 : 0);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
