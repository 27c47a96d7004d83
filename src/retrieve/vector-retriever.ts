import type { Passage } from "../chunk/passage.ts";
import type { EmbeddingModel } from "../embed/embedding-model.ts";
import type { VectorIndex } from "../indexing/vectors/vector-index.ts";
import type { Hit } from "./hit.ts";
import { rankHits } from "./rank-hits.ts";
import { DEFAULT_LIMIT, type RetrieveOptions, type Retriever } from "./retriever.ts";

export type VectorRetrieverParts = {
  readonly model: EmbeddingModel;
  readonly vectors: VectorIndex;
  readonly passages: readonly Passage[];
};

/** Finds passages by meaning: the nearest vectors by cosine. Finds nothing where the asker does without a vector. */
export class VectorRetriever implements Retriever {
  readonly #parts: VectorRetrieverParts;

  constructor(parts: VectorRetrieverParts) {
    this.#parts = parts;
  }

  async retrieve(question: string, options: RetrieveOptions = {}): Promise<Hit[]> {
    const { limit = DEFAULT_LIMIT, signal } = options;
    const { model, vectors, passages } = this.#parts;
    const vector = await (options.vectors?.of(question) ?? model.embedQuery(question, { signal }));
    if (!vector) return [];
    return rankHits("vector", passages, vectors.search(vector, Math.min(limit, vectors.size)));
  }
}
