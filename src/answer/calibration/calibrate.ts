import type { Article } from "../../corpus/article.ts";
import { makeQuestions } from "./make-questions.ts";
import { PROBE_QUESTIONS } from "./probe-questions.ts";

/** Where a corpus says no, and what that is expected to do. */
export type Calibration = {
  /** The log odds below which nothing is said to answer. */
  readonly threshold: number;
  /** Questions about other things, and the share of them that is refused. */
  readonly outside: { readonly questions: number; readonly refused: number };
  /** Questions made from the corpus, and the share of them that is refused. */
  readonly inside: { readonly questions: number; readonly refused: number };
};

export type CalibrateOptions = {
  readonly articles: Iterable<Article>;
  /** How many passages are searched. */
  readonly passages: number;
  /** The log odds that what is found for a question answers it. */
  readonly strengthOf: (question: string) => Promise<number>;
  readonly signal?: AbortSignal | undefined;
};

/** Of questions about other things. */
const REFUSED_SHARE = 0.97;
/** Of questions made from the corpus: rather answer something that is outside than refuse more of what is inside. */
const TOLERATED_SHARE = 0.05;
/** Every ten questions cost a tenth of a second. Of either sort twice as many moved the thresholds of nine folders by 0.45 at most, of five not at all. */
const MOST_INSIDE = 90;
/** While the model reads one question, the next is looked for. */
const AT_ONCE = 4;
/** Fewer say nothing of a share: one odd question would decide. */
const FEWEST_INSIDE = 30;
/** Of the log odds: below two percent nothing is worth a reader's time. */
const LOWEST = -4;
/**
 * Passages, and log odds: the threshold of a corpus that resembles the probes must not be higher. In small folders six in a hundred questions
 * in other words are refused below that, in large ones one in twenty of a public set, and nine in ten questions about other things (docs/evaluation.md).
 */
const SMALL = { passages: 100, highest: -0.9 };
const LARGE = { passages: 1000, highest: -1.25 };

/**
 * Finds where a corpus should say no: as low as refuses nearly all questions about other things, and never so high that it
 * refuses many of those that the corpus was seen to answer. Throws the signal's reason when it fires.
 */
export async function calibrate({
  articles,
  passages,
  strengthOf,
  signal,
}: CalibrateOptions): Promise<Calibration> {
  const ask = async (questions: readonly string[]): Promise<number[]> => {
    const strengths: number[] = [];
    for (let start = 0; start < questions.length; start += AT_ONCE) {
      signal?.throwIfAborted();
      strengths.push(...(await Promise.all(questions.slice(start, start + AT_ONCE).map(strengthOf))));
    }
    return strengths;
  };
  const made = [...articles].flatMap(makeQuestions).map(({ question }) => question);
  const outside = await ask(PROBE_QUESTIONS);
  const inside = await ask(sampleEvenly(made, MOST_INSIDE));
  const highest = highestFor(passages);
  const tolerated = inside.length < FEWEST_INSIDE ? highest : quantile(inside, TOLERATED_SHARE);
  const wanted = Math.min(quantile(outside, REFUSED_SHARE), tolerated);
  const threshold = Math.min(highest, Math.max(LOWEST, wanted));
  return { threshold, outside: countRefused(outside, threshold), inside: countRefused(inside, threshold) };
}

/** Between `SMALL` and `LARGE` it falls with the logarithm. */
function highestFor(passages: number): number {
  const place = Math.log(passages / SMALL.passages) / Math.log(LARGE.passages / SMALL.passages);
  return SMALL.highest + Math.min(1, Math.max(0, place)) * (LARGE.highest - SMALL.highest);
}

function countRefused(strengths: readonly number[], threshold: number): Calibration["inside"] {
  const refused = strengths.filter((strength) => strength < threshold).length;
  return { questions: strengths.length, refused: strengths.length === 0 ? 0 : refused / strengths.length };
}

/** The value below which `share` of the numbers lie; infinity where there are none. */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.POSITIVE_INFINITY;
}

function sampleEvenly<T>(values: readonly T[], most: number): T[] {
  const step = Math.max(1, values.length / most);
  return Array.from({ length: Math.min(most, values.length) }, (_, i) => values[Math.floor(i * step)]!);
}
