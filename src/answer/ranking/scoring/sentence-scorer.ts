import type { CorpusVectors, Scorer, ScoringTask } from "./scoring-task.ts";
import { sentenceContexts } from "./sentence-context.ts";
import { sentenceCosts } from "./sentence-costs.ts";
import { sentenceFeatures } from "./sentence-features.ts";
import { SentenceRanker } from "./sentence-ranker.ts";
import { WordMatcher } from "./words/word-matcher.ts";
import { WordSimilarities } from "./words/word-similarities.ts";

/** Scores on the thread that calls it: some milliseconds a question. */
export class SentenceScorer implements Scorer {
  readonly #ranker = new SentenceRanker();
  readonly #vectors: CorpusVectors;
  readonly #similarities: WordSimilarities;

  constructor(vectors: CorpusVectors) {
    this.#vectors = vectors;
    this.#similarities = new WordSimilarities(vectors.words);
  }

  score(task: ScoringTask): Float64Array {
    const { question, contexts, rows } = this.featuresOf(task);
    const costs = sentenceCosts(question, contexts);
    return Float64Array.from(this.#ranker.score(rows), (score, i) => score - costs[i]!);
  }

  /** What the ranker sees: a row a sentence. */
  featuresOf({ question, meaning, passages }: ScoringTask) {
    const matcher = new WordMatcher(question.words, meaning.words, this.#similarities);
    const contexts = sentenceContexts({ passages, meaning }, this.#vectors);
    const matched = { ...question, matcher };
    return { question, contexts, rows: contexts.length === 0 ? [] : sentenceFeatures(matched, contexts) };
  }
}
