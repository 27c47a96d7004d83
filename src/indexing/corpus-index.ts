import type { Passage } from "../chunk/passage.ts";
import type { Article } from "../corpus/article.ts";
import type { KeywordIndex } from "./keyword-index.ts";
import type { SentenceIndex } from "./sentence-index.ts";
import type { VectorIndex } from "./vectors/vector-index.ts";
import type { WordVectors } from "./word-vectors.ts";

/** Everything that `wenju index` made of a corpus, open for reading. */
export type CorpusIndex = {
  /** Names the generation on disk, e.g. `20261122T061500123-3f2a9c`. */
  readonly generation: string;
  readonly modelId: string;
  /** In the order of the corpus. */
  readonly articles: ReadonlyMap<string, Article>;
  /** Passage `i` has vector `i` and keyword document `i`. */
  readonly passages: readonly Passage[];
  readonly vectors: VectorIndex;
  readonly keywords: KeywordIndex;
  readonly sentences: SentenceIndex;
  readonly words: WordVectors;
};
