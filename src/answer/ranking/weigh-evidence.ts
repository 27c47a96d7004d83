import type { EmbeddingModel } from "../../embed/embedding-model.ts";
import type { QuestionVectors } from "../../embed/question-embedder.ts";
import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import type { WordVectors } from "../../indexing/word-vectors.ts";
import { analyseQuestion } from "../../question/analyse-question.ts";
import type { Hit } from "../../retrieve/hit.ts";
import type { WeighedQuestion } from "./coverage.ts";
import { embedQuestion } from "./embed-question.ts";
import { type Evidence, EvidenceGatherer, type EvidenceSentence } from "./gather-evidence.ts";
import { sentenceCosts } from "./sentence-costs.ts";
import { sentenceFeatures } from "./sentence-features.ts";
import { SentenceRanker } from "./sentence-ranker.ts";

/** A sentence and how likely it holds the answer, 0 … 1. */
export type WeighedSentence = EvidenceSentence & { readonly probability: number };

export type WeighedEvidence = {
  readonly question: WeighedQuestion;
  readonly sentences: readonly WeighedSentence[];
  /** The log odds that anything here answers. */
  readonly strength: number;
};

export type EvidenceWeigherParts = { readonly index: CorpusIndex; readonly model: EmbeddingModel };

export type WeighOptions = {
  readonly signal?: AbortSignal | undefined;
  /** The question's vectors, where the asker can do without them. */
  readonly vectors?: QuestionVectors | undefined;
};

/** Says of what was found for a question how likely each sentence answers it. */
export class EvidenceWeigher {
  readonly #gatherer: EvidenceGatherer;
  readonly #ranker = new SentenceRanker();
  readonly #words: WordVectors;
  readonly #model: EmbeddingModel;

  constructor({ index, model }: EvidenceWeigherParts) {
    this.#gatherer = new EvidenceGatherer(index);
    this.#words = index.words;
    this.#model = model;
  }

  async weigh(question: string, hits: readonly Hit[], options: WeighOptions = {}): Promise<WeighedEvidence> {
    const { signal, vectors } = options;
    const embed = (text: string) => vectors?.of(text) ?? this.#model.embedQuery(text, { signal });
    const analysis = analyseQuestion(question);
    const meaning = await embedQuestion(question, analysis, embed, this.#words);
    return weighEvidence(this.#gatherer.gather(analysis, meaning, hits), this.#ranker);
  }
}

/** Shares out what is certain: the sentences' probabilities and that of no answer sum to 1. */
function weighEvidence({ question, sentences }: Evidence, ranker: SentenceRanker): WeighedEvidence {
  if (sentences.length === 0) return { question, sentences: [], strength: Number.NEGATIVE_INFINITY };
  const contexts = sentences.map(({ context }) => context);
  const costs = sentenceCosts(question, contexts);
  const scores = ranker.score(sentenceFeatures(question, contexts)).map((score, i) => score - costs[i]!);
  const highest = Math.max(0, ...scores);
  const odds = scores.map((score) => Math.exp(score - highest));
  const sum = odds.reduce((total, odd) => total + odd, 0);
  const all = sum + Math.exp(-highest);
  return {
    question,
    sentences: sentences.map((sentence, i) => ({ ...sentence, probability: odds[i]! / all })),
    strength: Math.log(sum) + highest,
  };
}
