import type { Answer, AnswerEvent } from "../../answer/answer.ts";
import type { QuestionStage } from "../../chatbot.ts";
import { WenjuError } from "../../errors.ts";
import type { ChatTurn } from "../../question/chat-turn.ts";
import { RequestError } from "../request-error.ts";

/** What became of a question. */
export const QUESTION_STATUSES = [
  "answered",
  "no-evidence",
  "refused-by-queue",
  "failed",
  "aborted",
] as const;
export type QuestionStatus = (typeof QUESTION_STATUSES)[number];

export type AskedQuestion = {
  readonly question: string;
  readonly history?: readonly ChatTurn[] | undefined;
  /** Makes the question stand alone, for those who will read it without the turns before it. */
  readonly standAlone: () => string;
};

/** Follows one question from its arrival to its answer. */
export class ObservedQuestion {
  readonly asked: AskedQuestion;
  readonly #begun = performance.now();
  /** Hears how many milliseconds each stage took. */
  readonly onStage: (stage: QuestionStage, milliseconds: number) => void;
  #answer: Answer | undefined;
  #error: unknown;
  #milliseconds = 0;

  constructor(asked: AskedQuestion, onStage: (stage: QuestionStage, milliseconds: number) => void) {
    this.asked = asked;
    this.onStage = onStage;
  }

  /** The whole answer, once it is known. */
  get answer(): Answer | undefined {
    return this.#answer;
  }

  /** What ended the events before the answer was whole. */
  get error(): unknown {
    return this.#error;
  }

  /** From the question's arrival to the end of its answer. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** The same events. */
  async *follow(events: AsyncIterable<AnswerEvent>): AsyncGenerator<AnswerEvent> {
    try {
      for await (const event of events) {
        if (event.type === "answer-end") this.#end(event.answer);
        yield event;
      }
    } catch (error) {
      this.#error = error;
      throw error;
    }
  }

  /** `wasSent`: the reader got all of the answer. */
  statusAfter(error: unknown, wasSent: boolean): QuestionStatus {
    const failure = error ?? this.#error;
    if (failure instanceof RequestError && failure.fault === "server-busy") return "refused-by-queue";
    if (failure instanceof WenjuError && failure.code === "ABORTED") return "aborted";
    if (failure !== undefined) return "failed";
    return wasSent && this.#answer ? this.#answer.status : "aborted";
  }

  #end(answer: Answer): void {
    this.#answer = answer;
    this.#milliseconds = performance.now() - this.#begun;
  }
}
