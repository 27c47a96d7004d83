import type { SentenceContext } from "../sentence-context.ts";
import type { WordWeights } from "./local-weights.ts";
import type { QuantityMatch } from "./quantity-match.ts";
import { bestMatches } from "./question-words.ts";
import type { MatchedQuestion } from "./word-matcher.ts";
import type { WordMatches } from "./word-matches.ts";

/** How many figures tell of a word of a question by itself, and how many of it in a sentence. */
export const FIXED_FIGURES = 11;
export const FOUND_FIGURES = 13;

/** Of more words than this the first are told of: questions have hardly ever more. */
const MOST_WORDS = 12;

/** What the ranker sees of each word of a question in each sentence, around 0 … 1. */
export type WordFigures = {
  readonly words: number;
  readonly sentences: number;
  /** What is the same in all sentences: `words × FIXED_FIGURES`. */
  readonly fixed: Float32Array;
  /** `sentences × words × FOUND_FIGURES`. */
  readonly found: Float32Array;
};

/** What was made of a question's sentences; by sentence, but for the weights. */
export type MatchedSentences = {
  readonly sentences: readonly SentenceContext[];
  readonly matches: readonly WordMatches[];
  readonly quantities: readonly QuantityMatch[];
  readonly local: ReadonlyMap<string, WordWeights>;
};

export function wordFigures(question: MatchedQuestion, matched: MatchedSentences): WordFigures {
  const words = Math.min(MOST_WORDS, question.words.length);
  return {
    words,
    sentences: matched.sentences.length,
    fixed: Float32Array.from(fixedFigures(question).slice(0, words).flat()),
    found: foundFigures(matched, words),
  };
}

function fixedFigures({ words }: MatchedQuestion): number[][] {
  const before = words.filter(({ isAfter }) => !isAfter).length;
  return words.map(({ word, weight, isName, isAfter, id, synonyms, synonymCount }, i) => {
    const fromAsking = isAfter ? i - before : before - 1 - i;
    return [
      weight / 8,
      isName ? 1 : 0,
      isAfter ? 1 : 0,
      id === undefined ? 0 : 1,
      Math.min(synonyms.length, 10) / 10,
      synonymCount > 0 ? 1 : 0,
      Math.log1p(synonymCount) / 4,
      word.length / 4,
      fromAsking / 5,
      fromAsking === 0 ? 1 : 0,
      1 / words.length,
    ];
  });
}

/** By which weights within an article are divided: hardly any is more. */
const HEAVY = 6;

function foundFigures(
  { sentences, matches, quantities, local }: MatchedSentences,
  words: number,
): Float32Array {
  const found = new Float32Array(sentences.length * words * FOUND_FIGURES);
  const best = {
    own: bestMatches(matches.map(({ own }) => own)),
    window: bestMatches(matches.map(({ window }) => window)),
    passage: bestMatches(matches.map(({ passage }) => passage)),
  };
  const bestHere = new Map<string, number[]>();
  sentences.forEach(({ articleId }, n) => {
    const { own } = matches[n]!;
    bestHere.set(articleId, bestMatches([bestHere.get(articleId) ?? own, own]));
  });
  let at = 0;
  for (const [n, { articleId }] of sentences.entries()) {
    const { own, window, passage, lead, titles, candidates, together } = matches[n]!;
    const { weights } = local.get(articleId)!;
    for (let i = 0; i < words; i++) {
      found.set(
        [
          own[i]!,
          window[i]!,
          passage[i]!,
          lead[i]!,
          titles[i]!,
          candidates.fading[i]!,
          Math.min(1, weights[i]! / HEAVY),
          together[i]!,
          bestHere.get(articleId)![i]!,
          quantities[n]!.fading[i]!,
          own[i]! - best.own[i]!,
          best.passage[i]!,
          window[i]! - best.window[i]!,
        ],
        at,
      );
      at += FOUND_FIGURES;
    }
  }
  return found;
}
