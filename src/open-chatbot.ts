import { ExtractiveComposer } from "./answer/extractive-composer.ts";
import { Chatbot } from "./chatbot.ts";
import type { Config } from "./config.ts";
import type { EmbeddingModel } from "./embed/embedding-model.ts";
import { openEmbeddingModel } from "./embed/open-embedding-model.ts";
import { WenjuError } from "./errors.ts";
import { buildIndex, type IndexReport } from "./indexing/build-index.ts";
import { checkIndex } from "./indexing/check-index.ts";
import type { CorpusIndex } from "./indexing/corpus-index.ts";
import type { IndexProgress } from "./indexing/index-progress.ts";
import { openIndex } from "./indexing/open-index.ts";
import { SpellingCorrector } from "./question/spelling-corrector.ts";
import { ArticleRetriever } from "./retrieve/article-retriever.ts";
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
  /** Told of what is wrong and yet does not stand in the way, such as an index that cannot be brought up to date. */
  readonly onWarning?: ((warning: WenjuError) => void) | undefined;
};

export type OpenedChatbot = {
  readonly chatbot: Chatbot;
  readonly index: CorpusIndex;
  /** What indexing did; undefined where the index was up to date. */
  readonly report: IndexReport | undefined;
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
    return {
      chatbot: makeChatbot(index, model, options.retriever),
      index,
      report,
      suggestions: [],
      close: () => model.close(),
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}

/** Brings the index of a corpus up to date. Throws what `openEmbeddingModel` and `buildIndex` throw. */
export async function indexCorpus(
  config: Sources,
  { signal, onProgress }: OpenOptions = {},
): Promise<IndexReport> {
  const { corpusFolder, indexFolder } = config;
  const model = await openEmbeddingModel({ model: config.model, signal });
  try {
    return await buildIndex({ corpusFolder, indexFolder, model, signal, onProgress });
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

function makeChatbot(
  index: CorpusIndex,
  model: EmbeddingModel,
  retriever: RetrieverName = "hybrid",
): Chatbot {
  const speller = new SpellingCorrector(index.keywords);
  return new Chatbot({
    articles: index.articles,
    retriever: makeRetriever(index, model, retriever),
    composer: new ExtractiveComposer({ index, model }),
    resolveFollowUp: (question) => question,
    correctSpelling: (question) => speller.correct(question),
  });
}

/** Weights chosen on questions kept out of the model's training; see docs/evaluation.md. */
function makeRetriever(index: CorpusIndex, model: EmbeddingModel, name: RetrieverName): Retriever {
  const keyword = new KeywordRetriever(index);
  const vector = new VectorRetriever({ ...index, model });
  if (name === "keyword") return keyword;
  if (name === "vector") return vector;
  return new HybridRetriever([
    { retriever: keyword, weight: 0.75, floor: "zero" },
    { retriever: vector, weight: 0.25, floor: "last" },
    { retriever: new ArticleRetriever(index), weight: 1, floor: "zero" },
  ]);
}
