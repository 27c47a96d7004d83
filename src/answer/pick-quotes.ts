import type { Passage } from "../chunk/passage.ts";
import { LONGEST_QUOTE } from "../chunk/quotable-sentences.ts";
import { overlap, type Span } from "../text/span.ts";
import type { WeighedSentence } from "./ranking/weigh-evidence.ts";

/** One to three neighbouring sentences of a paragraph. */
export type Quote = {
  readonly passage: Passage;
  readonly span: Span;
  readonly sentences: readonly WeighedSentence[];
  readonly probability: number;
};

const MOST_SENTENCES = 3;

/** What a further character costs: a quote grows by a sentence of 50 only for five points of probability. */
const COST_OF_LENGTH = 0.001;

/** With this share of all that is likely quoted, the reader needs no more; below that, no quote is worth its place. */
const ENOUGH = 0.93;
const WORTH_QUOTING = 0.01;

export type PickOptions = {
  readonly most: number;
  /** How much each article may be quoted; without it, as often as it deserves. */
  readonly oncePerArticle?: boolean;
};

/**
 * The quotes that likely hold the answer, best first: each the stretch of sentences that adds most probability for its
 * length, to what the quotes before it left.
 */
export function pickQuotes(
  sentences: readonly WeighedSentence[],
  { most, oncePerArticle = false }: PickOptions,
): Quote[] {
  const stretches = allStretches(sentences);
  const total = sentences.reduce((sum, { probability }) => sum + probability, 0);
  const quotes: Quote[] = [];
  let left = total;
  while (quotes.length < most && left > (1 - ENOUGH) * total) {
    const free = stretches.filter((stretch) =>
      quotes.every((quote) => !clashes(stretch, quote, oncePerArticle)),
    );
    const best = bestBy(
      free,
      ({ span, probability }) => probability / left - COST_OF_LENGTH * (span.end - span.start),
    );
    if (!best || (quotes.length > 0 && best.probability < WORTH_QUOTING * total)) break;
    quotes.push(best);
    left = Math.max(left - best.probability, 1e-9);
  }
  return quotes.sort((a, b) => b.probability - a.probability);
}

function allStretches(sentences: readonly WeighedSentence[]): Quote[] {
  return sentences.flatMap((_, first) => {
    const stretches: Quote[] = [];
    for (let length = 1; length <= MOST_SENTENCES; length++) {
      const chosen = sentences.slice(first, first + length);
      if (chosen.length < length || !areNeighbours(chosen)) break;
      const stretch = toQuote(chosen);
      if (length > 1 && stretch.span.end - stretch.span.start > LONGEST_QUOTE) break;
      stretches.push(stretch);
    }
    return stretches;
  });
}

/** Of sentences that are neighbours. */
export function toQuote(sentences: readonly WeighedSentence[]): Quote {
  return {
    passage: sentences[0]!.passage,
    span: { start: sentences[0]!.sentence.span.start, end: sentences.at(-1)!.sentence.span.end },
    sentences,
    probability: sentences.reduce((sum, { probability }) => sum + probability, 0),
  };
}

/** Sentences of one passage with nothing but spaces between them: a quote stays in its paragraph. */
export function areNeighbours(sentences: readonly WeighedSentence[]): boolean {
  return sentences.slice(1).every(({ passage, sentence }, i) => {
    const before = sentences[i]!;
    if (passage !== before.passage) return false;
    const from = before.sentence.span.end - passage.span.start;
    return /^[^\S\n]*$/u.test(passage.text.slice(from, sentence.span.start - passage.span.start));
  });
}

function clashes(stretch: Quote, quote: Quote, oncePerArticle: boolean): boolean {
  if (stretch.passage.articleId !== quote.passage.articleId) return false;
  return oncePerArticle || overlap(stretch.span, quote.span);
}

function bestBy<T>(values: readonly T[], worth: (value: T) => number): T | undefined {
  let best: T | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    const worthOfIt = worth(value);
    if (worthOfIt > most) {
      most = worthOfIt;
      best = value;
    }
  }
  return best;
}
