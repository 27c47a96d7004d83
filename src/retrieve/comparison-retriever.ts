import { splitComparison } from "../question/split-comparison.ts";
import type { Hit } from "./hit.ts";
import { DEFAULT_LIMIT, type RetrieveOptions, type Retriever } from "./retriever.ts";

/** Looks for each side of a comparison on its own, so that one side cannot fill the list. */
export class ComparisonRetriever implements Retriever {
  readonly #retriever: Retriever;

  constructor(retriever: Retriever) {
    this.#retriever = retriever;
  }

  async retrieve(
    question: string,
    { limit = DEFAULT_LIMIT, ...options }: RetrieveOptions = {},
  ): Promise<Hit[]> {
    const parts = splitComparison(question);
    if (parts.length === 1) return this.#retriever.retrieve(question, { ...options, limit });
    const share = Math.ceil(limit / parts.length);
    const lists = await Promise.all(
      parts.map((part) => this.#retriever.retrieve(part, { ...options, limit: share })),
    );
    const hits = new Map(lists.flat().map((hit) => [hit.passage.id, hit]));
    return [...hits.values()].sort((a, b) => b.score - a.score).slice(0, limit);
  }
}
