import type { EmbeddingModel, EmbedOptions } from "./embedding-model.ts";
import type { EmbeddingQueue } from "./embedding-queue.ts";
import type { FoundModel } from "./find-model.ts";
import { planBatches } from "./plan-batches.ts";

/** A model of transformers.js in a process of its own. */
export class TransformersModel implements EmbeddingModel {
  readonly id: string;
  readonly dimensions: number;
  readonly #queryPrefix: string;
  readonly #passagePrefix: string;
  readonly #queue: EmbeddingQueue;

  constructor(model: FoundModel, queue: EmbeddingQueue) {
    this.id = model.id;
    this.dimensions = queue.dimensions;
    this.#queryPrefix = model.queryPrefix;
    this.#passagePrefix = model.passagePrefix;
    this.#queue = queue;
  }

  get restarts(): number {
    return this.#queue.restarts;
  }

  async embedDocuments(texts: string[], { signal, onProgress }: EmbedOptions = {}): Promise<number[][]> {
    const prefixed = texts.map((text) => this.#passagePrefix + text);
    const vectors = new Array<number[]>(texts.length);
    let done = 0;
    for (const places of planBatches(prefixed)) {
      const batch = places.map((place) => prefixed[place]!);
      const values = await this.#queue.run(batch, "documents", signal);
      for (const [row, place] of places.entries()) vectors[place] = this.#row(values, row);
      done += places.length;
      onProgress?.(done, texts.length);
    }
    return vectors;
  }

  async embedQuery(text: string, { signal }: Pick<EmbedOptions, "signal"> = {}): Promise<number[]> {
    return this.#row(await this.#queue.run([this.#queryPrefix + text], "query", signal), 0);
  }

  close(): Promise<void> {
    return this.#queue.close();
  }

  #row(values: Float32Array, row: number): number[] {
    return Array.from(values.subarray(row * this.dimensions, (row + 1) * this.dimensions));
  }
}
