import type { EmbeddingModel } from "../../embed/embedding-model.ts";
import { KnownVectors } from "./known-vectors.ts";

/** So many texts go to the model at once: enough to sort by length, few enough to hold their vectors twice. */
const TEXTS_A_ROUND = 2000;

export type EmbedTextsOptions = {
  readonly model: EmbeddingModel;
  readonly known: KnownVectors;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
};

/** The vectors of `texts` and of no others; only texts that are not `known` are embedded. */
export async function embedTexts(
  texts: Iterable<string>,
  { model, known, signal, onProgress }: EmbedTextsOptions,
): Promise<{ vectors: KnownVectors; embedded: number; reused: number }> {
  const vectors = new KnownVectors(model.dimensions);
  const fresh: string[] = [];
  for (const text of new Set(texts)) {
    const vector = known.get(text);
    if (vector) vectors.set(text, vector);
    else fresh.push(text);
  }
  const reused = vectors.size;
  for (let start = 0; start < fresh.length; start += TEXTS_A_ROUND) {
    const round = fresh.slice(start, start + TEXTS_A_ROUND);
    const found = await model.embedDocuments(round, {
      signal,
      onProgress: (done) => onProgress?.(start + done, fresh.length),
    });
    for (const [place, text] of round.entries()) vectors.set(text, found[place]!);
  }
  return { vectors, embedded: fresh.length, reused };
}
