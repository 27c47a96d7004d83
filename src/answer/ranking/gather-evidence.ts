import type { Passage } from "../../chunk/passage.ts";
import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import type { IndexedSentence } from "../../indexing/sentence-index.ts";
import type { QuestionAnalysis } from "../../question/analyse-question.ts";
import type { AnswerKind } from "../../question/asking-phrases.ts";
import type { Hit } from "../../retrieve/hit.ts";
import { searchTerms } from "../../text/search-terms.ts";
import type { WeighedQuestion } from "./coverage.ts";
import type { QuestionMeaning } from "./embed-question.ts";
import { PassageReader } from "./passage-reader.ts";
import type { SentenceContext } from "./sentence-context.ts";
import { WordMatcher } from "./words/word-matcher.ts";
import { WordSimilarities } from "./words/word-similarities.ts";

/** A sentence of a passage that was found. */
export type EvidenceSentence = {
  readonly sentence: IndexedSentence;
  readonly passage: Passage;
  readonly context: SentenceContext;
};

export type Evidence = {
  readonly question: WeighedQuestion;
  readonly sentences: readonly EvidenceSentence[];
};

/** How many passages are looked through for an answer, and were when the ranker was fitted. */
export const EVIDENCE_PASSAGES = 12;

type Asked = { readonly kind: AnswerKind; readonly meaning: QuestionMeaning };

/** Lays out what was found for a question, sentence by sentence. */
export class EvidenceGatherer {
  readonly #index: CorpusIndex;
  readonly #reader: PassageReader;
  readonly #similarities: WordSimilarities;

  constructor(index: CorpusIndex) {
    this.#index = index;
    this.#reader = new PassageReader(index);
    this.#similarities = new WordSimilarities(index.words);
  }

  /** Without a vector its similarities are unknown. */
  gather(analysis: QuestionAnalysis, meaning: QuestionMeaning, hits: readonly Hit[]): Evidence {
    const best = Math.max(...hits.map(({ score }) => score), 1e-9);
    const asked = { kind: analysis.kind, meaning };
    return {
      question: this.#weigh(analysis, meaning),
      sentences: hits.flatMap((hit, rank) => this.#sentencesOf(hit, rank, hit.score / best, asked)),
    };
  }

  #weigh(analysis: QuestionAnalysis, meaning: QuestionMeaning): WeighedQuestion {
    const { keywords } = this.#index;
    const weights = new Map(analysis.terms.map((term) => [term, keywords.inverseDocumentFrequency(term)]));
    const isKnown = (term: string): boolean => keywords.documentFrequency(term) > 0;
    let total = 0;
    let unknown = 0;
    for (const [term, weight] of weights) {
      total += weight;
      if (!isKnown(term)) unknown += weight;
    }
    const words = analysis.words.map(({ word }) => word);
    return {
      ...analysis,
      weights,
      matcher: new WordMatcher(words, meaning.words, this.#similarities),
      words: analysis.words.map((word) => ({
        ...word,
        weight: keywords.inverseDocumentFrequency(word.word),
      })),
      unknownShare: total === 0 ? 1 : unknown / total,
      unknownNames: analysis.names.filter((name) => !searchTerms(name).every(isKnown)).length,
    };
  }

  #sentencesOf({ passage }: Hit, rank: number, score: number, { kind, meaning }: Asked): EvidenceSentence[] {
    const read = this.#reader.read(passage);
    const similarities = read.map(({ sentence }) => this.#similarity(sentence, meaning.whole));
    const passageSimilarity = mean(similarities);
    return read.map(({ sentence, previous = sentence, next = sentence, surroundings }, i) => ({
      sentence,
      passage,
      context: {
        ...surroundings,
        candidates: surroundings.own.candidates(kind),
        similarity: similarities[i]!,
        passageSimilarity,
        relationSimilarity: this.#similarity(sentence, meaning.relation),
        relationNearby: Math.max(
          this.#similarity(previous, meaning.relation),
          this.#similarity(next, meaning.relation),
        ),
        passageScore: score,
        passageRank: rank,
      },
    }));
  }

  #similarity({ number }: IndexedSentence, vector: Float32Array | undefined): number {
    return vector ? this.#index.sentences.similarity(number, vector) : UNKNOWN;
  }
}

/** Stays unknown in whatever is reckoned from it. */
const UNKNOWN = Number.NaN;

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}
