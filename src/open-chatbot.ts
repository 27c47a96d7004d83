import { type Calibration, calibrate } from "./answer/calibration/calibrate.ts";
import { readCalibration, writeCalibration } from "./answer/calibration/calibration-store.ts";
import { EVIDENCE_PASSAGES } from "./answer/ranking/gather-evidence.ts";
import { suggestQuestions } from "./answer/suggestions/suggest-questions.ts";
import { assembleChatbot, type Finder, type FinderOptions, openFinder } from "./assemble-chatbot.ts";
import { type Chatbot, collectAnswer } from "./chatbot.ts";
import type { Config } from "./config.ts";
import { listArticleFiles } from "./corpus/list-article-files.ts";
import type { EmbeddingModel } from "./embed/embedding-model.ts";
import { openEmbeddingModel } from "./embed/open-embedding-model.ts";
import { QuestionEmbedder } from "./embed/question-embedder.ts";
import { WenjuError, type WenjuErrorCode } from "./errors.ts";
import { buildIndex, type IndexReport } from "./indexing/build-index.ts";
import { checkIndex } from "./indexing/check-index.ts";
import type { CorpusIndex } from "./indexing/corpus-index.ts";
import type { IndexProgress } from "./indexing/index-progress.ts";
import { demandsOf, type IndexDemands, openIndex } from "./indexing/open-index.ts";
import type { Edition } from "./live-chatbot.ts";
import { loadThesaurus } from "./question/thesaurus/thesaurus.ts";
import { loadDictionary } from "./text/segment.ts";

export { RETRIEVER_NAMES, type RetrieverName } from "./assemble-chatbot.ts";

export type OpenOptions = FinderOptions & {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
  /** Find anew where this corpus says no. */
  readonly recalibrate?: boolean | undefined;
  /** Open the index as it stands where it can be opened, whatever has changed in the corpus since. Default: index what has changed first. */
  readonly asItStands?: boolean | undefined;
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
  close(): Promise<void>;
};

/** What an index is made of, and where. */
export type Sources = Pick<Config, "corpusFolder" | "indexFolder" | "model">;

/**
 * Opens the model and the index of a corpus, which is built first where it is missing, damaged or stale.
 * Throws what `openEmbeddingModel`, `buildIndex` and `openIndex` throw; an index of another model is refused with `INDEX_MISMATCH`.
 */
export async function openChatbot(config: Sources, options: OpenOptions = {}): Promise<OpenedChatbot> {
  const { signal } = options;
  const model = await openEmbeddingModel({ model: config.model, signal, meanwhile: loadWords });
  try {
    const { index, report } = await openIndexFor(config, model, options);
    const { retriever, scoring } = options;
    const usual = await openFinder(index, model, { scoring });
    const isNew = report?.upToDate === false; // and was calibrated when it was made
    const recalibrate = options.recalibrate && !isNew;
    const calibration = await currentCalibration(config.indexFolder, usual, { ...options, recalibrate });
    const finder = retriever ? await openFinder(index, model, { retriever, scoring }) : usual;
    const chatbot = await assembleChatbot(finder, calibration.threshold);
    return { chatbot, index, model, report, calibration, close: closer(model) };
  } catch (error) {
    await model.close();
    throw error;
  }
}

/** What the first question would have to wait for, while there is something else to wait for. */
function loadWords(): void {
  loadDictionary();
  loadThesaurus();
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
export function indexCorpus(config: Sources, options: OpenOptions = {}): Promise<IndexReport> {
  return withCurrentIndex(config, options, async ({ report }) => report);
}

/** Does all of an edition's work that can be done in another process than the one that will answer. Throws what `indexCorpus` does. */
export function prepareEdition(config: Sources, options: OpenOptions = {}): Promise<IndexedCorpus> {
  return withCurrentIndex(config, options, async ({ report, calibration, finder }) => {
    const chatbot = await assembleChatbot(finder, calibration.threshold);
    return { report, calibration, suggestions: await suggestFrom(chatbot, options.signal) };
  });
}

type CurrentIndex = Pick<IndexedCorpus, "report" | "calibration"> & { readonly finder: Finder };

async function withCurrentIndex<T>(
  { corpusFolder, indexFolder, model: name }: Sources,
  { signal, onProgress }: OpenOptions,
  work: (current: CurrentIndex) => Promise<T>,
): Promise<T> {
  const model = await openEmbeddingModel({ model: name, signal, meanwhile: loadWords });
  try {
    const complete = calibratingWith(model, indexFolder, signal);
    const report = await buildIndex({ corpusFolder, indexFolder, model, signal, onProgress, complete });
    const index = await openIndex(demandsOf(indexFolder, model));
    const finder = await openFinder(index, model);
    const calibration = await currentCalibration(indexFolder, finder, { signal });
    return await work({ report, calibration, finder });
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
  options?: FinderOptions,
): Promise<Edition> {
  const index = await openIndex(demandsOf(indexFolder, model));
  if (index.generation !== report.generation) {
    throw new WenjuError(
      "INDEX_CORRUPT",
      `The index in ${indexFolder} holds generation ${index.generation}, not ${report.generation}, which was just made.`,
    );
  }
  const chatbot = await assembleChatbot(await openFinder(index, model, options), calibration.threshold);
  return { chatbot, suggestions, generation: index.generation, passages: index.passages.length };
}

/** Questions to begin with, which the chatbot answers: it takes a tenth of a second to find them, which only who shows them should pay. */
export function suggestFrom(chatbot: Chatbot, signal?: AbortSignal): Promise<string[]> {
  return suggestQuestions(chatbot.articles.values(), (question) =>
    collectAnswer(chatbot.ask(question, { signal })),
  );
}

/** The index to answer from; built first where there is none to be opened, or where it is to be up to date. */
async function openIndexFor(
  { corpusFolder, indexFolder }: Sources,
  model: EmbeddingModel,
  options: OpenOptions,
): Promise<{ readonly index: CorpusIndex; readonly report: IndexReport | undefined }> {
  const demands = demandsOf(indexFolder, model);
  const { signal, onProgress, onWarning } = options;
  // of a corpus without any article, indexing says what is wrong
  if (options.asItStands && (await hasArticles(corpusFolder))) {
    const index = await openWhole(demands, onWarning);
    if (index) return { index, report: undefined };
  }
  const state = await checkIndex({ ...demands, corpusFolder });
  if (state === "mismatched") return { index: await openIndex(demands), report: undefined };
  if (state === "current") {
    const index = await openUndamaged(demands);
    if (index) return { index, report: undefined };
  }
  const complete = calibratingWith(model, indexFolder, signal);
  const build = { corpusFolder, indexFolder, model, signal, onProgress, complete };
  const report = await buildIndex(build).catch((error) => {
    if (state === "missing" || !isUnwritable(error)) throw error;
    onWarning?.(error);
  });
  return { index: await openIndex({ ...demands, onWarning }), report: report ?? undefined };
}

async function hasArticles(corpusFolder: string): Promise<boolean> {
  return (await listArticleFiles(corpusFolder).catch(() => [])).length > 0;
}

/** The newest generation that is whole; undefined where there is none. */
function openWhole(
  demands: IndexDemands,
  onWarning: OpenOptions["onWarning"],
): Promise<CorpusIndex | undefined> {
  return openIndex({ ...demands, onWarning }).catch((error: unknown) => {
    if (isOneOf(error, ["INDEX_NOT_FOUND", "INDEX_CORRUPT"])) return undefined;
    throw error;
  });
}

/** The newest generation; undefined where it is damaged, though an older one may be whole. */
async function openUndamaged(demands: IndexDemands): Promise<CorpusIndex | undefined> {
  let damaged = false;
  const index = await openWhole(demands, () => {
    damaged = true;
  });
  return damaged ? undefined : index;
}

/** An older index answers better than none where this process may not write, or another one is writing. */
function isUnwritable(error: unknown): error is WenjuError {
  return isOneOf(error, ["INDEX_NOT_WRITABLE", "INDEX_LOCKED"]);
}

function isOneOf(error: unknown, codes: readonly WenjuErrorCode[]): error is WenjuError {
  return error instanceof WenjuError && codes.includes(error.code);
}

/** What was found for this index before, or else is found now and kept where that can be written. */
async function currentCalibration(
  indexFolder: string,
  finder: Finder,
  { recalibrate = false, signal }: Pick<OpenOptions, "recalibrate" | "signal">,
): Promise<Calibration> {
  const { generation } = finder.index;
  const known = recalibrate ? undefined : await readCalibration(indexFolder, generation);
  if (known) return known;
  const calibration = await findCalibration(finder, signal);
  // a folder that cannot be written costs the next start these seconds again, and nothing else
  await writeCalibration(indexFolder, generation, calibration).catch(() => undefined);
  return calibration;
}

/** Finds where a new generation says no before it counts: whoever opens it, at whatever moment, answers without these seconds. */
function calibratingWith(model: EmbeddingModel, indexFolder: string, signal: AbortSignal | undefined) {
  return async (index: CorpusIndex): Promise<void> => {
    const calibration = await findCalibration(await openFinder(index, model), signal);
    await writeCalibration(indexFolder, index.generation, calibration);
  };
}

async function findCalibration(
  { index, model, retriever, weigher }: Finder,
  signal: AbortSignal | undefined,
): Promise<Calibration> {
  const embedder = new QuestionEmbedder(model);
  const strengthOf = async (question: string): Promise<number> => {
    const vectors = embedder.begin({ signal });
    const hits = await retriever.retrieve(question, { limit: EVIDENCE_PASSAGES, signal, vectors });
    return (await weigher.weigh(question, hits, { signal, vectors })).strength;
  };
  try {
    const { articles, passages } = index;
    return await calibrate({ articles: articles.values(), passages: passages.length, strengthOf, signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new WenjuError("ABORTED", "Calibrating was stopped.", { cause: signal.reason });
  }
}
