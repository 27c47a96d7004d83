import type { Hit } from "../retrieve/hit.ts";
import type { AnswerEvent } from "./answer.ts";

export type ComposeOptions = { readonly signal?: AbortSignal | undefined };

/** Makes an answer to `question` from what was found. The last event is always `answer-end`. */
export interface AnswerComposer {
  compose(question: string, hits: readonly Hit[], options?: ComposeOptions): AsyncIterable<AnswerEvent>;
}
