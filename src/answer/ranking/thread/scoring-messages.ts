import type { ByteVectors } from "../../../indexing/vectors/byte-vectors.ts";
import type { ReadPassage } from "../reading/read-passage.ts";
import type { FoundPassage, ScoringTask } from "../scoring/scoring-task.ts";

/** Vectors as they are sent, once: a copy, which is handed over. Memory that threads share counts for no garbage collector, and is let go too late. */
export type SentVectors = Pick<ByteVectors, "bytes" | "dimensions">;

/** To the thread that scores. A corpus is what one `Scorer` scores for; whatever is sent of it once, it keeps. */
export type ScoringRequest =
  | {
      readonly type: "open";
      readonly corpus: number;
      readonly sentences: SentVectors;
      readonly words: SentVectors;
    }
  | ({ readonly type: "score"; readonly corpus: number; readonly id: number } & SentTask)
  | { readonly type: "forget"; readonly corpus: number }
  | { readonly type: "close"; readonly corpus: number };

export type SentTask = Pick<ScoringTask, "question" | "meaning"> & {
  /** Passages and articles that were not sent before. */
  readonly passages: readonly ReadPassage[];
  readonly articles: readonly (readonly [id: string, text: string])[];
  readonly found: readonly (Pick<FoundPassage, "candidates" | "score"> & { readonly passageId: string })[];
};

/** The scores of a task, or why there are none. */
export type ScoringReply =
  | { readonly id: number; readonly scores: Float64Array }
  | { readonly id: number; readonly reason: string };
