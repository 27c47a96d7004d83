import { toUnits } from "./page.ts";

/** A paragraph of so many lines ends there: it is none, but a list or a table that nothing parts. */
const LONGEST_PARAGRAPH = 400;

/** Where a paragraph costs more than this, and this much more a line, it is none. */
const HOPELESS = toUnits(12);
const HOPELESS_A_LINE = toUnits(0.6);

/**
 * The paragraph that is going on in a column of one width, if any does. Whatever joins it would join any other that began elsewhere, for the
 * same price: so of all that might be going on, the cheapest stays the cheapest, and is the only one that counts.
 */
export class OpenParagraph {
  #from: number | undefined;
  #cost = 0;
  #price = 0;

  /** The line it begins with. */
  get from(): number | undefined {
    return this.#from;
  }

  /** What it has cost, with all before it. */
  get cost(): number {
    return this.#cost;
  }

  end(): void {
    this.#from = undefined;
  }

  /** The line after `at` joins, for that price. */
  join(at: number, price: number): void {
    if (this.#from === undefined) return;
    this.#cost += price;
    this.#price += price;
    const joined = at - this.#from;
    if (joined >= LONGEST_PARAGRAPH || this.#price > HOPELESS + HOPELESS_A_LINE * joined) this.end();
  }

  /** One that begins with line `at`, before which all has cost `cost`, takes its place if it is cheaper. The next line joins for that price. */
  begin(at: number, cost: number, price: number): void {
    if (price > HOPELESS || (this.#from !== undefined && cost + price >= this.#cost)) return;
    this.#from = at;
    this.#cost = cost + price;
    this.#price = price;
  }
}
