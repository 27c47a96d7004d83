import type { Writable } from "node:stream";

/** Shows how far a long work is, on one line that is drawn anew, or in at most ten plain lines. */
export class ProgressLine {
  readonly #stream: Writable & { readonly isTTY?: boolean };
  readonly #label: string;
  #shownTenths = 0;
  #drawn = false;

  constructor(stream: Writable & { readonly isTTY?: boolean }, label: string) {
    this.#stream = stream;
    this.#label = label;
  }

  show(done: number, total: number): void {
    if (total <= 0) return;
    if (this.#stream.isTTY) this.#draw(done, total);
    else this.#tell(done, total);
  }

  /** Clears the line for what comes next. */
  end(): void {
    if (this.#drawn) this.#stream.write(CLEAR_LINE);
    this.#drawn = false;
  }

  #draw(done: number, total: number): void {
    const full = Math.round((done / total) * BAR_WIDTH);
    const bar = "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
    this.#stream.write(`${CLEAR_LINE}${this.#label} ${bar} ${done}/${total}`);
    this.#drawn = true;
  }

  #tell(done: number, total: number): void {
    const tenths = Math.floor((done / total) * 10);
    if (tenths <= this.#shownTenths) return;
    this.#shownTenths = tenths;
    this.#stream.write(`${this.#label} ${done}/${total}\n`);
  }
}

const BAR_WIDTH = 24;
const CLEAR_LINE = "\r\u001b[2K";
