import type { SourceLine } from "../head/source-line.ts";
import { PRICE } from "./line-prices.ts";
import { OpenParagraph } from "./open-paragraph.ts";
import { type Page, readPage, type Seam, toUnits } from "./page.ts";

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

type Plan = { readonly cost: number; readonly groups: { from: number; to: number }[] };

/** The cheapest grouping where a paragraph's first line is `indent` characters narrower than its column. */
function cheapest(page: Page, indent: number): Plan {
  const count = page.lines.length;
  const columns = new Columns(page, toUnits(indent));
  const cost = [0, ...page.lines.map(() => Number.POSITIVE_INFINITY)];
  const start = cost.map(() => 0);
  const offer = (from: number, to: number, price: number) => {
    if (price > cost[to]! || (price === cost[to]! && from >= start[to]!)) return;
    cost[to] = price;
    start[to] = from;
  };
  for (let at = 0; at < count; at++) {
    offer(at, at + 1, cost[at]! + page.lines[at]!.alone);
    if (at + 1 < count) columns.joinNext(at, cost[at]!, offer);
  }
  const groups: Plan["groups"] = [];
  for (let to = count; to > 0; to = start[to]!) groups.push({ from: start[to]!, to });
  return { cost: cost[count]!, groups: groups.reverse() };
}

type Column = {
  /** Undefined for paragraphs that were set in no column. */
  readonly width: number | undefined;
  readonly paragraph: OpenParagraph;
};

/** The paragraphs that may be going on, in any column that is or was near. */
class Columns {
  readonly #page: Page;
  readonly #indent: number;
  readonly #all = new Map<number | undefined, Column>();
  #near: ReadonlySet<number | undefined> = new Set();
  #widths: readonly number[] | undefined;

  constructor(page: Page, indent: number) {
    this.#page = page;
    this.#indent = indent;
  }

  /** Joins the line after `at` to what is going on and to line `at`, and offers every paragraph that would end with it. */
  joinNext(at: number, cost: number, offer: (from: number, to: number, cost: number) => void): void {
    const { lines, seams } = this.#page;
    const seam = seams[at]!;
    this.#look(at);
    const { ending, width } = lines[at + 1]!;
    const edge = lines[at]!.indented ? 0 : this.#indent;
    for (const column of this.#all.values()) {
      const { paragraph } = column;
      if (seam.parted) paragraph.end();
      else {
        paragraph.join(at, priceSeam(seam, column.width));
        if (this.#near.has(column.width)) paragraph.begin(at, cost, priceSeam(seam, column.width, edge));
        if (paragraph.from !== undefined)
          offer(paragraph.from, at + 2, paragraph.cost + overflow(width, column) + ending);
      }
    }
  }

  /** Takes up the columns that are near, and drops those that nothing is set in any more. */
  #look(at: number): void {
    const widths = this.#page.columns(at);
    if (widths === this.#widths) return;
    this.#widths = widths;
    this.#near = new Set([undefined, ...widths.map(toUnits)]);
    for (const [width, { paragraph }] of this.#all)
      if (paragraph.from === undefined && !this.#near.has(width)) this.#all.delete(width);
    for (const width of this.#near)
      if (!this.#all.has(width)) this.#all.set(width, { width, paragraph: new OpenParagraph() });
  }
}

const MOST = toUnits(PRICE.most);
const CHARACTER = toUnits(1);

/** What it costs to join two lines in a column of that width, the first of which ends `edge` before the others do. */
function priceSeam(seam: Seam, width: number | undefined, edge = 0): number {
  if (width === undefined) return seam.withoutColumn;
  const misfit = Math.max(0, seam.narrowest - (width - edge), width - edge - seam.widest);
  return seam.inColumn + Math.min(MOST, misfit);
}

function overflow(lineWidth: number, { width }: Column): number {
  return width === undefined ? 0 : Math.max(0, lineWidth - width - CHARACTER);
}
