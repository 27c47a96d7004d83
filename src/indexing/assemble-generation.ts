import { setImmediate } from "node:timers/promises";
import { chunkArticle } from "../chunk/chunk-article.ts";
import type { Passage } from "../chunk/passage.ts";
import { quotableSentences } from "../chunk/quotable-sentences.ts";
import type { Article } from "../corpus/article.ts";
import type { Corpus } from "../corpus/read-corpus.ts";
import type { EmbeddingModel } from "../embed/embedding-model.ts";
import { WenjuError } from "../errors.ts";
import { learnWords } from "../text/segment.ts";
import { type FileFingerprint, GENERATION_FILES } from "./generation/generation.ts";
import type { MadeBefore } from "./generation/past-generations.ts";
import { formatLines, formatPassages } from "./generation/read-generation.ts";
import type { GenerationContents } from "./generation/write-generation.ts";
import { type IndexOptions, nameOptions } from "./index-options.ts";
import type { IndexProgress } from "./index-progress.ts";
import { KeywordIndex } from "./keyword-index.ts";
import { passageTerms } from "./passage-terms.ts";
import { SentenceIndex } from "./sentence-index.ts";
import { type EmbedTextsOptions, embedTexts } from "./vectors/embed-texts.ts";
import { embedWords } from "./vectors/embed-words.ts";
import { HnswIndex } from "./vectors/hnsw-index.ts";

export type AssembleOptions = {
  readonly model: EmbeddingModel;
  /** Vectors that need not be made again. */
  readonly known: MadeBefore;
  readonly prints: readonly FileFingerprint[];
  readonly keep?: EmbedTextsOptions["keep"];
  readonly options?: IndexOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
};

export type AssembledGeneration = {
  readonly contents: GenerationContents;
  /** How many different texts the model had to read, and how many it had read before. */
  readonly embedded: number;
  readonly reused: number;
};

/** Makes everything that a generation consists of. Writes nothing itself. Throws `EMBEDDING_FAILED` or `ABORTED`. */
export async function assembleGeneration(
  { articles, skipped, words }: Corpus,
  { model, known, prints, keep, options, signal, onProgress }: AssembleOptions,
): Promise<AssembledGeneration> {
  learnWords(words);
  const passages = articles.flatMap((article) =>
    chunkArticle(article, { maxLength: options?.maxPassageLength }),
  );
  const sentences = articles.flatMap(sentenceTexts);
  const texts = [...passages.map(embeddedText), ...sentences];
  const { vectors, embedded, reused } = await embedTexts(texts, {
    model,
    known: known.texts,
    keep,
    signal,
    onProgress: (done, total) => onProgress?.({ stage: "embedding", done, total }),
  });
  const vectorOf = (text: string) => Array.from(vectors.get(text)!);
  const passageVectors = passages.map((passage) => vectorOf(embeddedText(passage)));
  const contents: GenerationContents = {
    facts: {
      modelId: model.id,
      dimensions: model.dimensions,
      options: nameOptions(options),
      articles: articles.length,
      passages: passages.length,
      sentences: sentences.length,
      texts: vectors.size,
      corpus: [...prints],
      skipped: [...skipped],
      words: [...words],
    },
    vectors: await makeGraph(passageVectors, { dimensions: model.dimensions, signal, onProgress }),
    files: {
      [GENERATION_FILES.articles]: formatLines(articles),
      [GENERATION_FILES.passages]: formatPassages(passages),
      [GENERATION_FILES.keywords]: KeywordIndex.build(passages.map(passageTerms)).toBytes(),
      [GENERATION_FILES.sentences]: SentenceIndex.build(articles, sentences.map(vectorOf)).toBytes(),
      [GENERATION_FILES.words]: (await embedWords(articles, { model, known: known.words, signal })).toBytes(),
      [GENERATION_FILES.embeddings]: vectors.toBytes(),
    },
  };
  return { contents, embedded, reused };
}

/** What the model reads of a passage. */
function embeddedText({ text }: Passage): string {
  return text;
}

/** In the order of `SentenceIndex`. */
function sentenceTexts(article: Article): string[] {
  return quotableSentences(article).map(({ start, end }) => article.text.slice(start, end));
}

/** Adding a vector blocks the thread for a good part of a millisecond: between some, others may run. */
const VECTORS_A_BREATH = 20;

async function makeGraph(
  vectors: readonly number[][],
  { dimensions, signal, onProgress }: { dimensions: number } & Pick<AssembleOptions, "signal" | "onProgress">,
): Promise<HnswIndex> {
  const graph = HnswIndex.create({ dimensions });
  for (let start = 0; start < vectors.length; start += VECTORS_A_BREATH) {
    graph.add(vectors.slice(start, start + VECTORS_A_BREATH));
    onProgress?.({ stage: "writing", done: graph.size, total: vectors.length });
    await setImmediate();
    if (signal?.aborted) throw new WenjuError("ABORTED", "Indexing was aborted.", { cause: signal.reason });
  }
  return graph;
}
