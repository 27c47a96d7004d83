import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EmbeddingModel } from "../../../src/embed/embedding-model.ts";
import { openEmbeddingModel } from "../../../src/embed/open-embedding-model.ts";
import { buildIndex } from "../../../src/indexing/build-index.ts";
import type { CorpusIndex } from "../../../src/indexing/corpus-index.ts";
import { demandsOf, openIndex } from "../../../src/indexing/open-index.ts";

/** Six articles about museums, rivers and companies that do not exist. */
export const INVENTED_CORPUS = fileURLToPath(new URL("../../fixtures/follow-ups/corpus", import.meta.url));

export type InventedIndex = {
  readonly index: CorpusIndex;
  readonly model: EmbeddingModel;
  close(): Promise<void>;
};

/** Indexes the invented articles with the bundled model; nothing of it stays on disk. */
export async function openInventedIndex(): Promise<InventedIndex> {
  const model = await openEmbeddingModel();
  const indexFolder = await mkdtemp(join(tmpdir(), "wenju-"));
  try {
    await buildIndex({ corpusFolder: INVENTED_CORPUS, indexFolder, model });
    const index = await openIndex(demandsOf(indexFolder, model));
    return { index, model, close: () => model.close() };
  } catch (error) {
    await model.close();
    throw error;
  } finally {
    await rm(indexFolder, { recursive: true, force: true });
  }
}
