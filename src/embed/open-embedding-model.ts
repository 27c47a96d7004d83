import { WenjuError } from "../errors.ts";
import { DEFAULT_MODEL_ID } from "./catalog.ts";
import type { EmbeddingModel } from "./embedding-model.ts";
import { EmbeddingQueue } from "./embedding-queue.ts";
import { findModel } from "./find-model.ts";
import { TransformersModel } from "./transformers-model.ts";

export type OpenEmbeddingModelOptions = {
  /** An id of the catalog, or a folder in transformers.js layout. Default: the bundled model. */
  readonly model?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called while the process loads the model, which takes it a second: for work that this thread has to do anyway. */
  readonly meanwhile?: (() => void) | undefined;
};

/**
 * Checks a model's files, starts its process and loads it.
 * Throws `MODEL_NOT_FOUND`, `MODEL_INVALID`, `EMBEDDING_FAILED` or `ABORTED`.
 */
export async function openEmbeddingModel({
  model = DEFAULT_MODEL_ID,
  signal,
  meanwhile,
}: OpenEmbeddingModelOptions = {}): Promise<EmbeddingModel> {
  const found = await findModel(model);
  assertNotAborted(signal);
  const opening = EmbeddingQueue.open({
    folder: found.folder,
    quantized: found.quantized,
    pooling: found.pooling,
    maxTokens: found.maxTokens,
  });
  meanwhile?.();
  const queue = await opening;
  try {
    assertNotAborted(signal);
    assertDimensions(found.dimensions, queue.dimensions, found.folder);
    return new TransformersModel(found, queue);
  } catch (error) {
    await queue.close();
    throw error;
  }
}

function assertNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new WenjuError("ABORTED", "Opening the embedding model was aborted.", { cause: signal.reason });
  }
}

function assertDimensions(expected: number | undefined, found: number, folder: string): void {
  if (expected === undefined || expected === found) return;
  throw new WenjuError(
    "MODEL_INVALID",
    `The model in ${folder} gives ${found} numbers a text, expected ${expected}. Install the package again.`,
  );
}
