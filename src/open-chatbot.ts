import { type Calibration, calibrate } from "./answer/calibration/calibrate.ts";
import { readCalibration, writeCalibration } from "./answer/calibration/calibration-store.ts";
import { ExtractiveComposer } from "./answer/extractive-composer.ts";
import { EvidenceWeigher } from "./answer/ranking/weigh-evidence.ts";
import { suggestQuestions } from "./answer/suggestions/suggest-questions.ts";
import { Chatbot, collectAnswer } from "./chatbot.ts";
import type { Config } from "./config.ts";
import type { EmbeddingModel } from "./embed/embedding-model.ts";
import { openEmbeddingModel } from "./embed/open-embedding-model.ts";
import { WenjuError } from "./errors.ts";
import { buildIndex, type IndexReport } from "./indexing/build-index.ts";
import { checkIndex } from "./indexing/check-index.ts";
import type { CorpusIndex } from "./indexing/corpus-index.ts";
import type { IndexProgress } from "./indexing/index-progress.ts";
import { openIndex } from "./indexing/open-index.ts";
import { EnglishReader } from "./question/english-reader.ts";
import { createFollowUpResolver } from "./question/follow-up/follow-up-resolver.ts";
import { SpellingCorrector } from "./question/spelling-corrector.ts";
import { ArticleRetriever } from "./retrieve/article-retriever.ts";
import { ComparisonRetriever } from "./retrieve/comparison-retriever.ts";
import { HybridRetriever } from "./retrieve/hybrid-retriever.ts";
import { KeywordRetriever } from "./retrieve/keyword-retriever.ts";
import type { Retriever } from "./retrieve/retriever.ts";
import { VectorRetriever } from "./retrieve/vector-retriever.ts";

/** What can look for passages: words, meaning, or both. */
export const RETRIEVER_NAMES = ["hybrid", "keyword", "vector"] as const;
export type RetrieverName = (typeof RETRIEVER_NAMES)[number];

export type OpenOptions = {
  /** Default `hybrid`; the others are there to be compared with it. */
  readonly retriever?: RetrieverName | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
  /** Find anew where this corpus says no. */
  readonly recalibrate?: boolean | undefined;
  /** Told of what is wrong and yet does not stand in the way, such as an index that cannot be brought up to date. */
  readonly onWarning?: ((warning: WenjuError) => void) | undefined;
};

export type OpenedChatbot = {
  readonly chatbot: Chatbot;
  readonly index: CorpusIndex;
  /** What indexing did; undefined where the index was up to date. */
  readonly report: IndexReport | undefined;
  /** Where this corpus says no. */
  readonly calibration: Calibration;
  /** Questions to begin with. */
  readonly suggestions: readonly string[];
  close(): Promise<void>;
};

type Sources = Pick<Config, "corpusFolder" | "indexFolder" | "model">;

/**
 * Opens the model and the index of a corpus, which is built first where it is missing, damaged or stale.
 * Throws what `openEmbeddingModel`, `buildIndex` and `openIndex` throw; an index of another model is refused with `INDEX_MISMATCH`.
 */
export async function openChatbot(config: Sources, options: OpenOptions = {}): Promise<OpenedChatbot> {
  const model = await openEmbeddingModel({ model: config.model, signal: options.signal });
  try {
    const { index, report } = await openCurrentIndex(config, model, options);
    const retriever = makeRetriever(index, model, options.retriever);
    const weigher = new EvidenceWeigher({ index, model });
    const calibration = await currentCalibration(config.indexFolder, index, model, options);
    const chatbot = makeChatbot({ index, model, retriever, weigher, threshold: calibration.threshold });
    return {
      chatbot,
      index,
      report,
      calibration,
      suggestions: await suggestQuestions(index.articles.values(), (question) =>
        collectAnswer(chatbot.ask(question, { signal: options.signal })),
      ),
      close: () => model.close(),
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}

/**
 * Brings the index of a corpus up to date, and what is known of where it says no. Throws what `openEmbeddingModel`, `buildIndex`
 * and `openIndex` throw.
 */
export async function indexCorpus(
  config: Sources,
  { signal, onProgress }: OpenOptions = {},
): Promise<IndexReport> {
  const { corpusFolder, indexFolder } = config;
  const model = await openEmbeddingModel({ model: config.model, signal });
  try {
    const report = await buildIndex({ corpusFolder, indexFolder, model, signal, onProgress });
    const index = await openIndex({ indexFolder, modelId: model.id, dimensions: model.dimensions });
    await currentCalibration(indexFolder, index, model, { signal });
    return report;
  } finally {
    await model.close();
  }
}

async function openCurrentIndex(
  { corpusFolder, indexFolder }: Sources,
  model: EmbeddingModel,
  options: OpenOptions,
) {
  const demands = { indexFolder, modelId: model.id, dimensions: model.dimensions };
  const state = await checkIndex({ ...demands, corpusFolder });
  if (state === "mismatched") return { index: await openIndex(demands), report: undefined };
  if (state === "current") {
    const index = await openUndamaged(demands);
    if (index) return { index, report: undefined };
  }
  const { signal, onProgress, onWarning } = options;
  const report = await buildIndex({ corpusFolder, indexFolder, model, signal, onProgress }).catch((error) => {
    if (state === "missing" || !isUnwritable(error)) throw error;
    onWarning?.(error);
  });
  return { index: await openIndex({ ...demands, onWarning }), report: report ?? undefined };
}

/** The newest generation; undefined where it is damaged, though an older one may be whole. */
async function openUndamaged(demands: Parameters<typeof openIndex>[0]): Promise<CorpusIndex | undefined> {
  let damaged = false;
  const onWarning = () => {
    damaged = true;
  };
  const index = await openIndex({ ...demands, onWarning }).catch((error: unknown) => {
    if (error instanceof WenjuError && error.code === "INDEX_CORRUPT") return undefined;
    throw error;
  });
  return damaged ? undefined : index;
}

/** An older index answers better than none where this process may not write, or another one is writing. */
function isUnwritable(error: unknown): error is WenjuError {
  return (
    error instanceof WenjuError && (error.code === "INDEX_NOT_WRITABLE" || error.code === "INDEX_LOCKED")
  );
}

/** What was found for this index before, or else is found now and kept where that can be written. */
async function currentCalibration(
  indexFolder: string,
  index: CorpusIndex,
  model: EmbeddingModel,
  { recalibrate = false, signal }: Pick<OpenOptions, "recalibrate" | "signal">,
): Promise<Calibration> {
  const known = recalibrate ? undefined : await readCalibration(indexFolder, index.generation);
  if (known) return known;
  const retriever = makeRetriever(index, model);
  const weigher = new EvidenceWeigher({ index, model });
  const strengthOf = async (question: string): Promise<number> => {
    const hits = await retriever.retrieve(question, { signal });
    return (await weigher.weigh(question, hits, signal)).strength;
  };
  const calibration = await calibrate({ articles: index.articles.values(), strengthOf, signal });
  // a folder that cannot be written costs the next start these seconds again, and nothing else
  await writeCalibration(indexFolder, index.generation, calibration).catch(() => undefined);
  return calibration;
}

type ChatbotMakings = {
  readonly index: CorpusIndex;
  readonly model: EmbeddingModel;
  readonly retriever: Retriever;
  readonly weigher: EvidenceWeigher;
  readonly threshold: number;
};

function makeChatbot({ index, model, retriever, weigher, threshold }: ChatbotMakings): Chatbot {
  const { articles, keywords } = index;
  const speller = new SpellingCorrector(keywords);
  const english = new EnglishReader({ model, keywords });
  return new Chatbot({
    articles,
    retriever,
    composer: new ExtractiveComposer({ articles, weigher, threshold }),
    resolveFollowUp: createFollowUpResolver(index),
    rephrase: (question, signal) => english.read(speller.correct(question), signal),
  });
}

/** Where the weights come from: docs/evaluation.md, "How it decides". */
function makeRetriever(index: CorpusIndex, model: EmbeddingModel, name: RetrieverName = "hybrid"): Retriever {
  const keyword = new KeywordRetriever(index);
  const vector = new VectorRetriever({ ...index, model });
  if (name === "keyword") return keyword;
  if (name === "vector") return vector;
  const hybrid = new HybridRetriever([
    { retriever: keyword, weight: 0.75, floor: "zero" },
    { retriever: vector, weight: 0.25, floor: "last" },
    { retriever: new ArticleRetriever(index), weight: 0.5, floor: "zero" },
  ]);
  return new ComparisonRetriever(hybrid);
}
