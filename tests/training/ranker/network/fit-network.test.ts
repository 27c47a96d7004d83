import { describe, expect, it } from "vitest";
import { SentenceRanker } from "../../../../src/answer/ranking/scoring/network/sentence-ranker.ts";
import type { Example } from "../../../../training/ranker/gather-features.ts";
import { fitNetwork } from "../../../../training/ranker/network/fit-network.ts";
import { madeExample } from "../../../support/made-example.ts";

/** Three sentences of two features; the one that answers, if any, has the greatest first feature. */
function examples({ count }: { count: number }): Example[] {
  return Array.from({ length: count }, (_, i) => {
    const isAnswerable = i % 3 !== 0;
    const right = i % 2;
    const rows = [0, 1, 2].map((row) => [
      isAnswerable && row === right ? 1 : ((i * 7 + row * 3) % 10) / 25,
      ((i + row) % 5) / 5,
    ]);
    return madeExample({ rows, answers: rows.map((_row, row) => isAnswerable && row === right) });
  });
}

/** Two sentences that differ by their words alone: the one that answers matches both words, the other one of them. */
function examplesOfWords({ count }: { count: number }): Example[] {
  return Array.from({ length: count }, (_, i) => {
    const isAnswerable = i % 3 !== 0;
    const wrong = i % 2 === 0 ? [1, 0] : [0, 1];
    const matches = [isAnswerable ? [1, 1] : wrong, wrong];
    return madeExample({ rows: [[0.5], [0.5]], matches, answers: [isAnswerable, false] });
  });
}

const NO_WORDS = { words: 0, sentences: 2, fixed: new Float32Array(0), found: new Float32Array(0) };
const options = { seed: 1, hidden: 4, wordUnits: { first: 4, second: 4 }, epochs: 40 };

describe("fitting the sentence ranker", () => {
  it("makes the odds against no answer: above 1 for the sentence that answers, below 1 for all others", () => {
    const ranker = new SentenceRanker([fitNetwork(examples({ count: 600 }), options)]);
    const [right, wrong] = ranker.score({
      rows: [Float64Array.of(1, 0.4), Float64Array.of(0.2, 0.4)],
      words: NO_WORDS,
    });
    expect(right).toBeGreaterThan(0);
    expect(wrong).toBeLessThan(0);
  });

  it("learns of the question's words, each by itself, what is the answer", () => {
    const made = examplesOfWords({ count: 600 });
    const ranker = new SentenceRanker([fitNetwork(made, options)]);
    const { words } = made[1]!;
    const [right, wrong] = ranker.score({ rows: [Float64Array.of(0.5), Float64Array.of(0.5)], words });
    expect(right).toBeGreaterThan(0);
    expect(wrong).toBeLessThan(0);
  });

  it("gives the same network for the same examples and seed, and another one for another seed", () => {
    const networkOf = (seed: number) => fitNetwork(examples({ count: 60 }), { ...options, seed });
    expect(networkOf(1)).toEqual(networkOf(1));
    expect(networkOf(2)).not.toEqual(networkOf(1));
  });

  it("leaves out questions whose answer was not found, which no order of the sentences would mend", () => {
    const lost = examples({ count: 60 }).map((example) => ({ ...example, answers: [false, false, false] }));
    const losses: number[] = [];
    fitNetwork(lost, { ...options, epochs: 1, onEpoch: (_epoch, loss) => losses.push(loss) });
    expect(losses).toEqual([expect.closeTo(Math.log(4), 0)]);
  });
});
