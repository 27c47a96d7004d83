import type { EmbeddingsInterface } from "@langchain/core/embeddings";

/**
 * Turns texts into unit vectors. `embedDocuments` takes any number of texts and keeps their order; both methods reject with
 * `EMBEDDING_FAILED` when the model cannot run, and `ABORTED` when the signal fires.
 */
export interface EmbeddingModel extends EmbeddingsInterface<number[]> {
  /** Names the weights: two models with the same id give the same vectors. */
  readonly id: string;
  readonly dimensions: number;
  /** How often its process died and was replaced; absent where it has none. */
  readonly restarts?: number;
  embedDocuments(texts: string[], options?: EmbedOptions): Promise<number[][]>;
  embedQuery(text: string, options?: Pick<EmbedOptions, "signal">): Promise<number[]>;
  /** Ends the worker process. Further calls reject. */
  close(): Promise<void>;
}

export type EmbedOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch with the number of texts done so far and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
};
