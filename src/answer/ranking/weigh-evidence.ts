import type { EmbeddingModel } from "../../embed/embedding-model.ts";
import type { QuestionVectors } from "../../embed/question-embedder.ts";
import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import { analyseQuestion } from "../../question/analyse-question.ts";
import type { Hit } from "../../retrieve/hit.ts";
import { embedQuestion, textsToEmbed } from "./embed-question.ts";
import { EvidenceGatherer, type EvidenceSentence } from "./gather-evidence.ts";
import type { CorpusVectors, Scorer } from "./scoring/scoring-task.ts";
import { SentenceScorer } from "./scoring/sentence-scorer.ts";
import { type WeighedQuestion, weighQuestion } from "./weigh-question.ts";

/** A sentence and how likely it holds the answer, 0 … 1. */
export type WeighedSentence = EvidenceSentence & { readonly probability: number };

export type WeighedEvidence = {
  readonly question: WeighedQuestion;
  readonly sentences: readonly WeighedSentence[];
  /** The log odds that anything here answers. */
  readonly strength: number;
};

export type EvidenceWeigherParts = {
  readonly index: CorpusIndex;
  readonly model: EmbeddingModel;
  /** Makes what scores the sentences of a corpus. Default: a scorer on this thread. */
  readonly openScorer?: ((vectors: CorpusVectors) => Scorer) | undefined;
};

export type WeighOptions = {
  readonly signal?: AbortSignal | undefined;
  /** The question's vectors, where the asker can do without them. */
  readonly vectors?: QuestionVectors | undefined;
};

/** Says of what was found for a question how likely each sentence answers it. */
export class EvidenceWeigher {
  readonly #index: CorpusIndex;
  readonly #model: EmbeddingModel;
  readonly #gatherer: EvidenceGatherer;
  readonly #scorer: Scorer;
  readonly #isKnown = (word: string): boolean => this.#index.words.idOf(word) !== undefined;

  constructor({ index, model, openScorer = (vectors) => new SentenceScorer(vectors) }: EvidenceWeigherParts) {
    this.#index = index;
    this.#model = model;
    this.#gatherer = new EvidenceGatherer(index);
    this.#scorer = openScorer({ sentences: index.sentences.vectors, words: index.words.vectors });
  }

  /** What `weigh` will want to have embedded. */
  textsToEmbed(question: string): string[] {
    return textsToEmbed(question, analyseQuestion(question), this.#isKnown).filter(
      (text) => text !== undefined,
    );
  }

  async weigh(question: string, hits: readonly Hit[], options: WeighOptions = {}): Promise<WeighedEvidence> {
    const { signal, vectors } = options;
    const embed = (text: string) => vectors?.of(text) ?? this.#model.embedQuery(text, { signal });
    const analysis = analyseQuestion(question);
    const meaning = await embedQuestion(question, analysis, embed, this.#isKnown);
    const weighed = weighQuestion(analysis, this.#index);
    const { passages, sentences } = this.#gatherer.gather(analysis.kind, hits);
    const scores = await this.#scorer.score({ question: weighed, meaning, passages });
    return shareOut(weighed, sentences, scores);
  }
}

/** Shares out what is certain: the sentences' probabilities and that of no answer sum to 1. */
function shareOut(
  question: WeighedQuestion,
  sentences: readonly EvidenceSentence[],
  scores: Float64Array,
): WeighedEvidence {
  if (sentences.length === 0) return { question, sentences: [], strength: Number.NEGATIVE_INFINITY };
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
