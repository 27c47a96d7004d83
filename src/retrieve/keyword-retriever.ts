import type { Passage } from "../chunk/passage.ts";
import type { KeywordIndex } from "../indexing/keyword-index.ts";
import { analyseQuestion } from "../question/analyse-question.ts";
import type { Hit } from "./hit.ts";
import { rankHits } from "./rank-hits.ts";
import { DEFAULT_LIMIT, type RetrieveOptions, type Retriever } from "./retriever.ts";

/** Finds passages by the words they share with the question (BM25), the asking words aside. */
export class KeywordRetriever implements Retriever {
  readonly #keywords: KeywordIndex;
  readonly #passages: readonly Passage[];

  constructor({ keywords, passages }: { keywords: KeywordIndex; passages: readonly Passage[] }) {
    this.#keywords = keywords;
    this.#passages = passages;
  }

  async retrieve(question: string, { limit = DEFAULT_LIMIT }: RetrieveOptions = {}): Promise<Hit[]> {
    const { terms } = analyseQuestion(question);
    return rankHits("keyword", this.#passages, this.#keywords.search(terms, limit));
  }
}
