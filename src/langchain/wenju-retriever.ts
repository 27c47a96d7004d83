import { Document } from "@langchain/core/documents";
import { BaseRetriever, type BaseRetrieverInput } from "@langchain/core/retrievers";
import type { Hit } from "../retrieve/hit.ts";
import type { Retriever } from "../retrieve/retriever.ts";
import type { Span } from "../text/span.ts";

/** Where a document stands, and who found it; `pageContent` is the article's text from `span.start` to `span.end`. */
export type PassageMetadata = {
  readonly passageId: string;
  readonly articleId: string;
  readonly title: string;
  readonly headings: readonly string[];
  readonly span: Span;
  readonly score: number;
  readonly ranks: Readonly<Record<string, number>>;
};

export type WenjuRetrieverFields = BaseRetrieverInput & {
  readonly retriever: Retriever;
  /** How many documents at most. Default 10. */
  readonly limit?: number;
};

/** Offers a retriever to LangChain: chains and agents get passages as documents that keep their place. */
export class WenjuRetriever extends BaseRetriever<PassageMetadata> {
  readonly lc_namespace = ["wenju", "retrievers"];
  readonly #retriever: Retriever;
  readonly #limit: number | undefined;

  static override lc_name(): string {
    return "WenjuRetriever";
  }

  constructor({ retriever, limit, ...fields }: WenjuRetrieverFields) {
    super(fields);
    this.#retriever = retriever;
    this.#limit = limit;
  }

  override async _getRelevantDocuments(query: string): Promise<Document<PassageMetadata>[]> {
    const hits = await this.#retriever.retrieve(query, { limit: this.#limit });
    return hits.map(toDocument);
  }
}

function toDocument({ passage, score, ranks }: Hit): Document<PassageMetadata> {
  const { id, articleId, title, headings, span, text } = passage;
  return new Document({
    id,
    pageContent: text,
    metadata: { passageId: id, articleId, title, headings, span, score, ranks },
  });
}
