import type { QuestionVectors } from "../embed/question-embedder.ts";
import type { Hit } from "./hit.ts";

export type RetrieveOptions = {
  /** How many hits at most. Default 10. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The question's vectors, where the asker can do without them. */
  readonly vectors?: QuestionVectors | undefined;
};

export const DEFAULT_LIMIT = 10;

/** Finds the passages that may answer a question, best first. */
export interface Retriever {
  retrieve(question: string, options?: RetrieveOptions): Promise<Hit[]>;
}
