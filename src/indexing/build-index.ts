import { mkdir } from "node:fs/promises";
import { type Corpus, readCorpus } from "../corpus/read-corpus.ts";
import type { SkippedFile } from "../corpus/skipped-file.ts";
import type { EmbeddingModel } from "../embed/embedding-model.ts";
import { type AssembledGeneration, assembleGeneration } from "./assemble-generation.ts";
import { fingerprintCorpus, isCorpusUnchanged } from "./corpus-fingerprint.ts";
import { describeWriteError } from "./generation/durable-files.ts";
import type { GenerationFacts } from "./generation/generation.ts";
import { lockIndex } from "./generation/index-lock.ts";
import { removeLeftovers } from "./generation/leftovers.ts";
import { writeManifest } from "./generation/manifest.ts";
import {
  findFallback,
  findPastGenerations,
  type PastGenerations,
  readMadeBefore,
} from "./generation/past-generations.ts";
import {
  type GenerationContents,
  type WriteGenerationOptions,
  writeGeneration,
} from "./generation/write-generation.ts";
import { type IndexOptions, nameOptions } from "./index-options.ts";
import type { IndexProgress } from "./index-progress.ts";
import { removeJournal, VectorJournal } from "./vectors/vector-journal.ts";

export type BuildIndexOptions = {
  readonly corpusFolder: string;
  readonly indexFolder: string;
  readonly model: EmbeddingModel;
  readonly options?: IndexOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
  /** Adds to a new generation what only a later stage can find out, before it counts; what it throws ends the run. */
  readonly complete?: WriteGenerationOptions["complete"];
};

/** What came of bringing an index up to date. */
export type IndexReport = {
  readonly articles: number;
  readonly skipped: readonly SkippedFile[];
  readonly passages: number;
  readonly sentences: number;
  /** How many different texts, passages and sentences alike, the model had to read. */
  readonly embedded: number;
  /** How many kept the vectors that they had. */
  readonly reused: number;
  readonly seconds: number;
  readonly generation: string;
  /** Nothing had changed, and nothing was written. */
  readonly upToDate: boolean;
};

/**
 * Brings the index of a corpus up to date. The generation in use counts until the new one is whole on the disk, whatever
 * happens. A run that was interrupted is taken up: no passage and no sentence is embedded twice. Throws what `readCorpus` throws, `INDEX_LOCKED`, `INDEX_NOT_WRITABLE`, `EMBEDDING_FAILED` or `ABORTED`.
 */
export async function buildIndex(build: BuildIndexOptions): Promise<IndexReport> {
  const begun = performance.now();
  const { indexFolder } = build;
  const lock = await writing(indexFolder, async () => {
    await mkdir(indexFolder, { recursive: true });
    return lockIndex(indexFolder);
  });
  try {
    return { ...(await refresh(build)), seconds: (performance.now() - begun) / 1000 };
  } finally {
    await writing(indexFolder, () => lock.release());
  }
}

type Outcome = Omit<IndexReport, "seconds">;

async function refresh(build: BuildIndexOptions): Promise<Outcome> {
  const { corpusFolder, indexFolder, model, options } = build;
  const past = await findPastGenerations(indexFolder);
  const { current } = past;
  if (current && isMadeWith(current, model, options)) {
    if (await isCorpusUnchanged(corpusFolder, current.corpus)) {
      await writing(indexFolder, () => tidy(indexFolder, past.ids));
      return reportUnchanged(current);
    }
  }
  const { contents, embedded, reused } = await assemble(build, past);
  const facts = await writing(indexFolder, () => publish(indexFolder, contents, past, build));
  return { ...countsOf(facts), embedded, reused, upToDate: false };
}

/** What the model makes is kept on the way, and what an earlier run made and did not publish is used. */
async function assemble(
  { corpusFolder, indexFolder, model, ...build }: BuildIndexOptions,
  past: PastGenerations,
): Promise<AssembledGeneration> {
  // before reading: a file that changes meanwhile differs from its fingerprint next time
  const prints = await fingerprintCorpus(corpusFolder);
  const corpus = await read(corpusFolder, prints.length, build);
  const known = await readMadeBefore(indexFolder, past, model);
  const journal = await VectorJournal.open(indexFolder, model);
  known.texts.addAll(journal.found);
  try {
    return await assembleGeneration(corpus, {
      ...build,
      model,
      known,
      prints,
      keep: (texts, vectors) => writing(indexFolder, () => journal.append(texts, vectors)),
    });
  } finally {
    await journal.close();
  }
}

function isMadeWith(
  facts: GenerationFacts,
  { id, dimensions }: EmbeddingModel,
  options: IndexOptions | undefined,
): boolean {
  return facts.modelId === id && facts.dimensions === dimensions && facts.options === nameOptions(options);
}

async function read(
  folder: string,
  total: number,
  { signal, onProgress }: Pick<BuildIndexOptions, "signal" | "onProgress">,
): Promise<Corpus> {
  onProgress?.({ stage: "reading", done: 0, total });
  const corpus = await readCorpus(folder, { signal });
  onProgress?.({ stage: "reading", done: total, total });
  return corpus;
}

async function publish(
  indexFolder: string,
  contents: GenerationContents,
  past: PastGenerations,
  { signal, complete }: WriteGenerationOptions,
): Promise<GenerationFacts> {
  // what killed runs left takes room that this one may need
  if (past.ids.length > 0) await removeLeftovers(indexFolder, past.ids);
  const previous = (await findFallback(indexFolder, past, contents))?.id;
  const facts = await writeGeneration(indexFolder, contents, { signal, complete });
  await writeManifest(indexFolder, { current: facts.id, previous });
  await tidy(indexFolder, previous === undefined ? [facts.id] : [facts.id, previous]);
  return facts;
}

async function tidy(indexFolder: string, keep: readonly string[]): Promise<void> {
  await removeLeftovers(indexFolder, keep);
  await removeJournal(indexFolder);
}

async function writing<T>(indexFolder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw describeWriteError(error, indexFolder);
  }
}

function reportUnchanged(facts: GenerationFacts): Outcome {
  return { ...countsOf(facts), embedded: 0, reused: facts.texts, upToDate: true };
}

function countsOf({ articles, passages, sentences, skipped, id }: GenerationFacts) {
  return { articles, passages, sentences, skipped, generation: id };
}
