import type { EmbeddingModel } from "../../embed/embedding-model.ts";
import type { QuestionVectors } from "../../embed/question-embedder.ts";
import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import { analyseQuestion } from "../../question/analyse-question.ts";
import type { Hit } from "../../retrieve/hit.ts";
import { embedQuestion, textsToEmbed } from "./embed-question.ts";
import { EvidenceGatherer, type EvidenceSentence } from "./gather-evidence.ts";
import type { CorpusVectors, FoundPassage, Scorer } from "./scoring/scoring-task.ts";
import { SentenceScorer } from "./scoring/sentence-scorer.ts";
import { joinReadings, passagesNaming, SURE, secondReading } from "./second-reading.ts";
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
    const { kind } = analyseQuestion(question);
    const { passages, sentences } = this.#gatherer.gather(kind, hits);
    const first = this.#read(question, passages, options);
    const scores = await this.#readAgain(question, passages, await first.scores, options);
    return shareOut(first.question, sentences, scores);
  }

  /** `first`, or where a second reading may say more, the mean of both. */
  async #readAgain(
    question: string,
    passages: readonly FoundPassage[],
    first: Float64Array,
    options: WeighOptions,
  ): Promise<Float64Array> {
    const second = strengthOf(first) < SURE ? secondReading(question) : undefined;
    const naming = second ? passagesNaming(second.organisation, passages) : [];
    if (!second || naming.length === 0) return first;
    const scores = await this.#read(second.question, naming, options).scores;
    return joinReadings(passages, first, { passages: naming, scores });
  }

  /** The scores of the passages' sentences. */
  #read(
    text: string,
    passages: readonly FoundPassage[],
    { signal, vectors }: WeighOptions,
  ): { readonly question: WeighedQuestion; readonly scores: Promise<Float64Array> } {
    const question = weighQuestion(analyseQuestion(text), this.#index);
    const embed = (part: string) => vectors?.of(part) ?? this.#model.embedQuery(part, { signal });
    const embedding = embedQuestion(text, question, embed, this.#isKnown);
    const scores = embedding.then((meaning) => this.#scorer.score({ question, meaning, passages }));
    return { question, scores };
  }
}

/** Shares out what is certain: the sentences' probabilities and that of no answer sum to 1. */
function shareOut(
  question: WeighedQuestion,
  sentences: readonly EvidenceSentence[],
  scores: Float64Array,
): WeighedEvidence {
  const strength = strengthOf(scores);
  const all = Math.max(0, strength) + Math.log1p(Math.exp(-Math.abs(strength)));
  const weighed = sentences.map((sentence, i) => ({ ...sentence, probability: Math.exp(scores[i]! - all) }));
  return { question, sentences: weighed, strength };
}

/** The log odds that anything among scored sentences answers. */
function strengthOf(scores: Float64Array): number {
  const highest = Math.max(...scores);
  return Math.log(scores.reduce((total, score) => total + Math.exp(score - highest), 0)) + highest;
}
