import type { QuestionVectors } from "../embed/question-embedder.ts";
import type { Hit } from "../retrieve/hit.ts";
import type { AnswerEvent } from "./answer.ts";

export type ComposeOptions = {
  readonly signal?: AbortSignal | undefined;
  /** The question's vectors, where the asker can do without them. */
  readonly vectors?: QuestionVectors | undefined;
};

/** Makes an answer to `question` from what was found. The last event is always `answer-end`. */
export interface AnswerComposer {
  compose(question: string, hits: readonly Hit[], options?: ComposeOptions): AsyncIterable<AnswerEvent>;
}
