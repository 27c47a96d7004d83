import { type Calibration, calibrate } from "./answer/calibration/calibrate.ts";
import { readCalibration, writeCalibration } from "./answer/calibration/calibration-store.ts";
import { suggestQuestions } from "./answer/suggestions/suggest-questions.ts";
import { assembleChatbot, type Finder, openFinder, type RetrieverName } from "./assemble-chatbot.ts";
import { type Chatbot, collectAnswer } from "./chatbot.ts";
import type { Config } from "./config.ts";
import type { EmbeddingModel } from "./embed/embedding-model.ts";
import { openEmbeddingModel } from "./embed/open-embedding-model.ts";
import { WenjuError } from "./errors.ts";
import { buildIndex, type IndexReport } from "./indexing/build-index.ts";
import { checkIndex } from "./indexing/check-index.ts";
import type { CorpusIndex } from "./indexing/corpus-index.ts";
import type { IndexProgress } from "./indexing/index-progress.ts";
import { openIndex } from "./indexing/open-index.ts";
import type { Edition } from "./live-chatbot.ts";

export { RETRIEVER_NAMES, type RetrieverName } from "./assemble-chatbot.ts";

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
  readonly model: EmbeddingModel;
  /** What indexing did; undefined where the index was up to date. */
  readonly report: IndexReport | undefined;
  /** Where this corpus says no. */
  readonly calibration: Calibration;
  /** Questions to begin with. */
  readonly suggestions: readonly string[];
  close(): Promise<void>;
};

/** What an index is made of, and where. */
export type Sources = Pick<Config, "corpusFolder" | "indexFolder" | "model">;

/**
 * Opens the model and the index of a corpus, which is built first where it is missing, damaged or stale.
 * Throws what `openEmbeddingModel`, `buildIndex` and `openIndex` throw; an index of another model is refused with `INDEX_MISMATCH`.
 */
export async function openChatbot(config: Sources, options: OpenOptions = {}): Promise<OpenedChatbot> {
  const model = await openEmbeddingModel({ model: config.model, signal: options.signal });
  try {
    const { index, report } = await openCurrentIndex(config, model, options);
    const usual = await openFinder(index, model);
    const calibration = await currentCalibration(config.indexFolder, usual, options);
    const finder = options.retriever ? await openFinder(index, model, options.retriever) : usual;
    const chatbot = await assembleChatbot(finder, calibration.threshold);
    const suggestions = await suggest(chatbot, options.signal);
    return { chatbot, index, model, report, calibration, suggestions, close: closer(model) };
  } catch (error) {
    await model.close();
    throw error;
  }
}

/** Not a closure of the function that opens: that would hold on to the first edition for good. */
function closer(model: EmbeddingModel): () => Promise<void> {
  return () => model.close();
}

/** What indexing finds out that an edition needs besides its generation. */
export type IndexedCorpus = {
  readonly report: IndexReport;
  readonly calibration: Calibration;
  readonly suggestions: readonly string[];
};

/**
 * Brings the index of a corpus up to date, and what is known of where it says no. Throws what `openEmbeddingModel`, `buildIndex`
 * and `openIndex` throw.
 */
export async function indexCorpus(config: Sources, options: OpenOptions = {}): Promise<IndexReport> {
  return (await prepareEdition(config, options)).report;
}

/** Does all of an edition's work that can be done in another process than the one that will answer. Throws what `indexCorpus` does. */
export async function prepareEdition(
  config: Sources,
  { signal, onProgress }: OpenOptions = {},
): Promise<IndexedCorpus> {
  const { corpusFolder, indexFolder } = config;
  const model = await openEmbeddingModel({ model: config.model, signal });
  try {
    const report = await buildIndex({ corpusFolder, indexFolder, model, signal, onProgress });
    const index = await openIndex({ indexFolder, modelId: model.id, dimensions: model.dimensions });
    const finder = await openFinder(index, model);
    const calibration = await currentCalibration(indexFolder, finder, { signal });
    const chatbot = await assembleChatbot(finder, calibration.threshold);
    return { report, calibration, suggestions: await suggest(chatbot, signal) };
  } finally {
    await model.close();
  }
}

/**
 * Opens the generation that `prepareEdition` made; others run meanwhile. Throws what `openIndex` throws, and `INDEX_CORRUPT` where
 * another generation is found in its place.
 */
export async function openEdition(
  { indexFolder }: Pick<Config, "indexFolder">,
  model: EmbeddingModel,
  { report, calibration, suggestions }: IndexedCorpus,
): Promise<Edition> {
  const index = await openIndex({ indexFolder, modelId: model.id, dimensions: model.dimensions });
  if (index.generation !== report.generation) {
    throw new WenjuError(
      "INDEX_CORRUPT",
      `The index in ${indexFolder} holds generation ${index.generation}, not ${report.generation}, which was just made.`,
    );
  }
  const chatbot = await assembleChatbot(await openFinder(index, model), calibration.threshold);
  return { chatbot, suggestions, generation: index.generation, passages: index.passages.length };
}

function suggest(chatbot: Chatbot, signal: AbortSignal | undefined): Promise<string[]> {
  return suggestQuestions(chatbot.articles.values(), (question) =>
    collectAnswer(chatbot.ask(question, { signal })),
  );
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
  { index, retriever, weigher }: Finder,
  { recalibrate = false, signal }: Pick<OpenOptions, "recalibrate" | "signal">,
): Promise<Calibration> {
  const known = recalibrate ? undefined : await readCalibration(indexFolder, index.generation);
  if (known) return known;
  const strengthOf = async (question: string): Promise<number> => {
    const hits = await retriever.retrieve(question, { signal });
    return (await weigher.weigh(question, hits, { signal })).strength;
  };
  const calibration = await calibrate({ articles: index.articles.values(), strengthOf, signal });
  // a folder that cannot be written costs the next start these seconds again, and nothing else
  await writeCalibration(indexFolder, index.generation, calibration).catch(() => undefined);
  return calibration;
}
