import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { hashFile } from "../../embed/hash-file.ts";
import { WenjuError } from "../../errors.ts";
import { KnownVectors } from "../vectors/known-vectors.ts";
import { GENERATION_FILES, type GenerationFacts, generationFolder, generationsFolder } from "./generation.ts";
import { findGenerations } from "./manifest.ts";
import { readChecked, readFacts } from "./read-generation.ts";

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

/** The vectors that a model has made before; none where it is new. */
export async function readKnownVectors(
  indexFolder: string,
  past: PastGenerations,
  model: { readonly id: string; readonly dimensions: number },
): Promise<KnownVectors> {
  const facts = past.whole.find(
    ({ modelId, dimensions }) => modelId === model.id && dimensions === model.dimensions,
  );
  if (!facts) return new KnownVectors(model.dimensions);
  return KnownVectors.fromBytes(await readChecked(indexFolder, facts, GENERATION_FILES.embeddings));
}

/** Removes every generation but those to keep, and what a killed process left half-written. */
export async function removeGenerations(indexFolder: string, keep: readonly string[]): Promise<void> {
  const folder = generationsFolder(indexFolder);
  for (const id of await readdir(folder).catch(() => [])) {
    if (!keep.includes(id)) await rm(join(folder, id), { recursive: true, force: true });
  }
  for (const name of await readdir(indexFolder)) {
    if (/^manifest\.json\.\w+\.tmp$/.test(name)) await rm(join(indexFolder, name), { force: true });
  }
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
