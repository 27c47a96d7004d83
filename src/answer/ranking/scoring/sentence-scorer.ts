import { type RankerInput, SentenceRanker } from "./network/sentence-ranker.ts";
import type { CorpusVectors, Scorer, ScoringTask } from "./scoring-task.ts";
import { type SentenceContext, sentenceContexts } from "./sentence-context.ts";
import { sentenceCosts } from "./sentence-costs.ts";
import { rankerInput } from "./sentence-features.ts";
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
    const { contexts, input } = this.read(task);
    if (contexts.length === 0) return new Float64Array(0);
    const costs = sentenceCosts(task.question, contexts);
    return Float64Array.from(this.#ranker.score(input), (score, i) => score - costs[i]!);
  }

  /** The sentences of a task, and what the ranker sees of them. */
  read({ question, meaning, passages }: ScoringTask): {
    readonly contexts: readonly SentenceContext[];
    readonly input: RankerInput;
  } {
    const matcher = new WordMatcher(question.words, meaning.words, this.#similarities);
    const contexts = sentenceContexts({ passages, meaning }, this.#vectors);
    return { contexts, input: rankerInput({ ...question, matcher }, contexts) };
  }
}
