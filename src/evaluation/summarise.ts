import { bootstrap } from "./bootstrap.ts";
import type { Measure, MeasureName } from "./measures.ts";
import type { Figure, Figures, Latency, QuestionResult, Spread } from "./report/evaluation-report.ts";

/** A question's result with its times. */
export type TimedResult = {
  readonly result: QuestionResult;
  readonly answerMilliseconds: number;
  readonly searchMilliseconds: number;
};

/** The figures of a group of questions. */
export function summarise(group: readonly TimedResult[], measures: readonly Measure[]): Figures {
  const results = group.map(({ result }) => result);
  const lengths = results.map(({ citations }) => citations.map(({ quote }) => [...quote].length));
  return {
    questions: group.length,
    measures: measure(results, measures),
    quoteCharacters: spreadOf(lengths.flat()),
    answerCharacters: spreadOf(lengths.filter((quotes) => quotes.length > 0).map(sum)),
    milliseconds: {
      answer: latencyOf(group.map(({ answerMilliseconds }) => answerMilliseconds)),
      search: latencyOf(group.map(({ searchMilliseconds }) => searchMilliseconds)),
    },
  };
}

function measure(results: readonly QuestionResult[], measures: readonly Measure[]): Figures["measures"] {
  const columns = measures
    .map(({ name }) => ({ name, values: columnOf(results, name) }))
    .filter(({ values }) => values.some((value) => !Number.isNaN(value)));
  const intervals = bootstrap(
    results.length,
    columns.map(
      ({ values }) =>
        (places) =>
          meanOf(values, places),
    ),
  );
  const figures = columns.map(({ name, values }, i): [MeasureName, Figure] => {
    const known = values.filter((value) => !Number.isNaN(value));
    const value = sum([...known]) / known.length;
    return [name, { value, ...(intervals[i] ?? { low: value, high: value }), count: known.length }];
  });
  return Object.fromEntries(figures);
}

/** A measure's value of each question; NaN where it does not apply. */
export function columnOf(results: readonly QuestionResult[], name: MeasureName): Float64Array {
  return Float64Array.from(results, ({ scores }) => scores[name] ?? Number.NaN);
}

/** The mean of the values at these places, those that are NaN aside; NaN where there is none. */
export function meanOf(values: Float64Array, places: Iterable<number> & { readonly length: number }): number {
  let total = 0;
  let count = 0;
  for (const place of places) {
    const value = values[place]!;
    if (Number.isNaN(value)) continue;
    total += value;
    count++;
  }
  return total / count;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, max: sorted.at(-1)! };
}

function latencyOf(values: readonly number[]): Latency {
  const sorted = [...values].sort((a, b) => a - b);
  return { p50: nearestRank(sorted, 0.5), p95: nearestRank(sorted, 0.95) };
}

/** The smallest value that this share of the values does not exceed, in hundredths. */
function nearestRank(sorted: readonly number[], share: number): number {
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return Math.round(value * 100) / 100;
}
