import type { EmbeddingModel } from "../../embed/embedding-model.ts";
import { planBatches } from "../../embed/plan-batches.ts";
import { KnownVectors } from "./known-vectors.ts";

export type EmbedTextsOptions = {
  readonly model: EmbeddingModel;
  readonly known: KnownVectors;
  /** Told of each batch before it counts as done. */
  readonly keep?: ((texts: readonly string[], vectors: readonly number[][]) => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
};

/** The vectors of `texts` and of no others; only texts that are not `known` are embedded. */
export async function embedTexts(
  texts: Iterable<string>,
  { model, known, keep, signal, onProgress }: EmbedTextsOptions,
): Promise<{ vectors: KnownVectors; embedded: number; reused: number }> {
  const vectors = new KnownVectors(model.dimensions);
  const fresh: string[] = [];
  for (const text of new Set(texts)) {
    const vector = known.get(text);
    if (vector) vectors.set(text, vector);
    else fresh.push(text);
  }
  const reused = vectors.size;
  // the model's own batches, one call each: what it has made is kept before it makes more
  for (const places of planBatches(fresh)) {
    const batch = places.map((place) => fresh[place]!);
    const found = await model.embedDocuments(batch, { signal });
    await keep?.(batch, found);
    for (const [place, text] of batch.entries()) vectors.set(text, found[place]!);
    onProgress?.(vectors.size - reused, fresh.length);
  }
  return { vectors, embedded: fresh.length, reused };
}
