import { join } from "node:path";
import { hashFile } from "../../embed/hash-file.ts";
import { WenjuError } from "../../errors.ts";
import { KnownVectors } from "../vectors/known-vectors.ts";
import { WordVectors } from "../word-vectors.ts";
import { GENERATION_FILES, type GenerationFacts, generationFolder } from "./generation.ts";
import { findGenerations } from "./manifest.ts";
import { readChecked, readFacts } from "./read-generation.ts";
import type { GenerationContents } from "./write-generation.ts";

/** What earlier runs left. */
export type PastGenerations = {
  /** Every one that the manifest names. */
  readonly ids: readonly string[];
  /** Those that are whole, the one in use first. */
  readonly whole: readonly GenerationFacts[];
  /** The one in use, unless it or the manifest is damaged. */
  readonly current: GenerationFacts | undefined;
};

/** Finds which generations can be built upon. Damaged ones, and those of another format, are as good as none. */
export async function findPastGenerations(indexFolder: string): Promise<PastGenerations> {
  const { ids, damaged } = await findGenerations(indexFolder).catch((error: unknown) => {
    if (error instanceof WenjuError) return { ids: [], damaged: true };
    throw error;
  });
  const whole: GenerationFacts[] = [];
  for (const id of ids) {
    const facts = await readFacts(indexFolder, id).catch(ignoreWenjuError);
    if (facts && (await isWhole(indexFolder, facts))) whole.push(facts);
  }
  return { ids, whole, current: damaged ? undefined : whole.find(({ id }) => id === ids[0]) };
}

/** What a model has made before of texts and of words. */
export type MadeBefore = { readonly texts: KnownVectors; readonly words: WordVectors | undefined };

/** The vectors that a model has made before; none where it is new. */
export async function readMadeBefore(
  indexFolder: string,
  past: PastGenerations,
  model: { readonly id: string; readonly dimensions: number },
): Promise<MadeBefore> {
  const facts = past.whole.find(
    ({ modelId, dimensions }) => modelId === model.id && dimensions === model.dimensions,
  );
  if (!facts) return { texts: new KnownVectors(model.dimensions), words: undefined };
  return {
    texts: KnownVectors.fromBytes(await readChecked(indexFolder, facts, GENERATION_FILES.embeddings)),
    words: WordVectors.fromBytes(await readChecked(indexFolder, facts, GENERATION_FILES.words)),
  };
}

/**
 * The newest generation that may stay as a fallback beside a new one: of what it holds, not an article, a word of the list or the name
 * of a file is missing in the new one. What was deleted or changed is to be gone from the disk.
 */
export async function findFallback(
  indexFolder: string,
  { whole }: PastGenerations,
  { facts: { corpus, words }, files }: GenerationContents,
): Promise<GenerationFacts | undefined> {
  const paths = new Set(corpus.map(({ path }) => path));
  const known = new Set(words.map(({ word }) => word));
  const articles = new Set(linesOf(files[GENERATION_FILES.articles]));
  for (const facts of whole) {
    const lines = linesOf(await readChecked(indexFolder, facts, GENERATION_FILES.articles));
    const isThere =
      facts.corpus.every(({ path }) => paths.has(path)) &&
      facts.words.every(({ word }) => known.has(word)) &&
      lines.every((line) => articles.has(line));
    if (isThere) return facts;
  }
  return undefined;
}

function linesOf(bytes: Uint8Array | string): string[] {
  return (typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("utf8")).split("\n");
}

async function isWhole(indexFolder: string, facts: GenerationFacts): Promise<boolean> {
  for (const name of Object.values(GENERATION_FILES)) {
    const found = await hashFile(join(generationFolder(indexFolder, facts.id), name)).catch(() => undefined);
    if (found !== facts.files[name].sha256) return false;
  }
  return true;
}

function ignoreWenjuError(error: unknown): undefined {
  if (!(error instanceof WenjuError)) throw error;
}
