import type { Evidence, EvidenceSentence } from "./gather-evidence.ts";
import { sentenceFeatures } from "./sentence-features.ts";
import type { SentenceRanker } from "./sentence-ranker.ts";

/** A sentence and how likely it holds the answer, 0 … 1. */
export type WeighedSentence = EvidenceSentence & { readonly probability: number };

export type WeighedEvidence = {
  readonly sentences: readonly WeighedSentence[];
  /** The log odds that anything here answers. */
  readonly strength: number;
};

/** Shares out what is certain: the sentences' probabilities and that of no answer sum to 1. */
export function weighEvidence({ question, sentences }: Evidence, ranker: SentenceRanker): WeighedEvidence {
  if (sentences.length === 0) return { sentences: [], strength: Number.NEGATIVE_INFINITY };
  const scores = ranker.score(
    sentenceFeatures(
      question,
      sentences.map(({ context }) => context),
    ),
  );
  const highest = Math.max(0, ...scores);
  const odds = scores.map((score) => Math.exp(score - highest));
  const sum = odds.reduce((total, odd) => total + odd, 0);
  const all = sum + Math.exp(-highest);
  return {
    sentences: sentences.map((sentence, i) => ({ ...sentence, probability: odds[i]! / all })),
    strength: Math.log(sum) + highest,
  };
}
