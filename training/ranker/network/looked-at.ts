import type { Example } from "../gather-features.ts";
import type { Comparison } from "./add-gradient.ts";

/** How often all sentences are looked at, in epochs, and below which probability one is passed over until then. */
const FULL_LOOK = 4;
const LIKELY = 3e-4;

/**
 * Which sentences of each example are looked at: most of them are out of the question after a few epochs, and what they would teach is
 * next to nothing. The first epoch and every fourth looks at all; in between those that were likely then, and those that answer.
 */
export class LookedAt {
  readonly #rows = new Map<Example, readonly number[]>();

  rowsOf(example: Example, epoch: number): readonly number[] {
    const known = isFull(epoch) ? undefined : this.#rows.get(example);
    return known ?? Array.from({ length: example.count }, (_, row) => row);
  }

  /** To be told what came of a look at all sentences. */
  learn(example: Example, { probabilities }: Comparison, epoch: number): void {
    if (!isFull(epoch)) return;
    const rows: number[] = [];
    probabilities.forEach((probability, row) => {
      if (probability > LIKELY || example.answers[row]) rows.push(row);
    });
    this.#rows.set(example, rows);
  }
}

function isFull(epoch: number): boolean {
  return epoch % FULL_LOOK === 0;
}
