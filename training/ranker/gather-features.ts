import { embedQuestion } from "../../src/answer/ranking/embed-question.ts";
import {
  EVIDENCE_PASSAGES,
  EvidenceGatherer,
  type EvidenceSentence,
} from "../../src/answer/ranking/gather-evidence.ts";
import { SentenceScorer } from "../../src/answer/ranking/scoring/sentence-scorer.ts";
import type { WordFigures } from "../../src/answer/ranking/scoring/words/word-figures.ts";
import { weighQuestion } from "../../src/answer/ranking/weigh-question.ts";
import type { EmbeddingModel } from "../../src/embed/embedding-model.ts";
import type { CorpusIndex } from "../../src/indexing/corpus-index.ts";
import { analyseQuestion } from "../../src/question/analyse-question.ts";
import { EnglishReader } from "../../src/question/english-reader.ts";
import { ArticleRetriever } from "../../src/retrieve/article-retriever.ts";
import { HybridRetriever } from "../../src/retrieve/hybrid-retriever.ts";
import { KeywordRetriever } from "../../src/retrieve/keyword-retriever.ts";
import type { Retriever } from "../../src/retrieve/retriever.ts";
import { VectorRetriever } from "../../src/retrieve/vector-retriever.ts";
import type { Case } from "./list-cases.ts";
import type { CorpusName } from "./prepare-corpora.ts";
import type { QuantityTeacher } from "./quantities/quantity-teacher.ts";
import { unlearn } from "./unlearn.ts";

/** The sentences found for a question, as the ranker sees them. */
export type Example = {
  /** Sentence by sentence: sentence `i` has `features[i × width …]`. */
  readonly features: Float32Array;
  readonly count: number;
  /** Of the question's words in each of the sentences. */
  readonly words: WordFigures;
  /** Which of the sentences answer. */
  readonly answers: readonly boolean[];
  /** Whether the corpus answers, found or not. */
  readonly isAnswerable: boolean;
  readonly weight: number;
};

export type GatherOptions = {
  readonly cases: readonly Case[];
  readonly corpora: ReadonlyMap<CorpusName, CorpusIndex>;
  readonly model: EmbeddingModel;
  readonly quantityTeacher: QuantityTeacher;
  /** Called after every thousand questions. */
  readonly onProgress: (done: number) => void;
};

/** A shorter answer, such as a number, may stand in a sentence by chance. */
const TELLING_LENGTH = 6;

/** Asks every question the way the product does. */
export async function gatherFeatures({
  cases,
  corpora,
  model,
  quantityTeacher,
  onProgress,
}: GatherOptions): Promise<Example[]> {
  const known = new Map<string, Promise<readonly number[]>>();
  const embedText = (text: string) => {
    const vector = known.get(text) ?? model.embedDocuments([text]).then(([made]) => made!);
    known.set(text, vector);
    return vector;
  };
  const askers = new Map(
    [...corpora].map(([name, index]) => [name, makeAsker(index, { model, quantityTeacher, embedText })]),
  );
  const examples: Example[] = [];
  for (const asked of cases) {
    examples.push(await askers.get(asked.corpus)!(asked));
    if (examples.length % 1000 === 0) onProgress(examples.length);
  }
  return examples;
}

type AskerOptions = Pick<GatherOptions, "model" | "quantityTeacher"> & {
  readonly embedText: (text: string) => Promise<readonly number[]>;
};

function makeAsker(
  index: CorpusIndex,
  { model, quantityTeacher, embedText }: AskerOptions,
): (asked: Case) => Promise<Example> {
  const retriever = makeRetriever(index, model);
  const gatherer = new EvidenceGatherer(index);
  const scorer = new SentenceScorer({ sentences: index.sentences.vectors, words: index.words.vectors });
  const isKnown = (word: string) => index.words.idOf(word) !== undefined;
  const english = new EnglishReader({ model, ...index });
  return async (asked) => {
    const text = await english.read(asked.question);
    const hits = await retriever.retrieve(text, { limit: EVIDENCE_PASSAGES });
    const analysis = analyseQuestion(text);
    const embedded = await embedQuestion(text, analysis, (words) => model.embedQuery(words), isKnown);
    const context = index.articles.get(asked.contextId);
    const meaning = context ? await unlearn(embedded, asked, () => embedText(context.text)) : embedded;
    const quantityProbabilities = quantityTeacher.expect(asked.contextId, analysis);
    const question = weighQuestion({ ...analysis, quantityProbabilities }, index);
    const { passages, sentences } = gatherer.gather(analysis.kind, hits);
    const { rows, words } = scorer.read({ question, meaning, passages }).input;
    return {
      features: joinRows(rows),
      count: rows.length,
      words: { ...words, fixed: share(words.fixed), found: share(words.found) },
      answers: markAnswers(asked, sentences, index),
      isAnswerable: asked.answer !== null,
      weight: asked.weight,
    };
  };
}

/** With the weights of the product's own; without its care for comparisons, which no case is. */
function makeRetriever(index: CorpusIndex, model: EmbeddingModel): Retriever {
  return new HybridRetriever([
    { retriever: new KeywordRetriever(index), weight: 0.75, floor: "zero" },
    { retriever: new VectorRetriever({ ...index, model }), weight: 0.25, floor: "last" },
    { retriever: new ArticleRetriever(index), weight: 0.5, floor: "zero" },
  ]);
}

/** The threads that fit share what they learn from: there are gigabytes of it. */
function share(values: Float32Array): Float32Array {
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

function joinRows(rows: readonly Float64Array[]): Float32Array {
  const width = rows[0]?.length ?? 0;
  const joined = new Float32Array(new SharedArrayBuffer(rows.length * width * 4));
  rows.forEach((row, i) => {
    joined.set(row, i * width);
  });
  return joined;
}

/** Sentences of the context that hold the answer; of a short one only the sentence where it was marked, or the nearest. */
function markAnswers(
  { contextId, answer, offset }: Case,
  sentences: readonly EvidenceSentence[],
  { articles }: CorpusIndex,
): boolean[] {
  if (answer === null) return sentences.map(() => false);
  const wanted = squeeze(answer);
  const text = articles.get(contextId)?.text ?? "";
  const holding = sentences.filter(
    ({ passage, sentence }) =>
      passage.articleId === contextId &&
      squeeze(text.slice(sentence.span.start, sentence.span.end)).includes(wanted),
  );
  if (offset === undefined || holding.length < 2 || answer.length >= TELLING_LENGTH) {
    return sentences.map((sentence) => holding.includes(sentence));
  }
  const nearest = holding.reduce((best, next) =>
    distance(next, offset) < distance(best, offset) ? next : best,
  );
  return sentences.map(
    (sentence) => holding.includes(sentence) && sentence.sentence.number === nearest.sentence.number,
  );
}

/** A sentence that begins after the answer was marked cannot be its sentence. */
function distance({ sentence }: EvidenceSentence, offset: number): number {
  const { start } = sentence.span;
  return start > offset ? start - offset + 1000 : offset - start;
}

function squeeze(text: string): string {
  return text.replace(/\s+/gu, "");
}
