import type { Article } from "../corpus/article.ts";

/** The sentences of every article and their vectors. */
export class SentenceIndex {
  static build(_articles: readonly Article[], _vectors: readonly (readonly number[])[]): SentenceIndex {
    return new SentenceIndex();
  }

  static fromBytes(_bytes: Uint8Array): SentenceIndex {
    return new SentenceIndex();
  }

  toBytes(): Uint8Array {
    return new Uint8Array();
  }
}
