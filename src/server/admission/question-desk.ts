import { ReceivedQuestion } from "./received-question.ts";
import { LINE_LIMITS, WaitingLine } from "./waiting-line.ts";

export type DeskOptions = {
  /** Milliseconds from a question's arrival until its last event at the latest. Default 30,000. */
  readonly deadlineMs?: number | undefined;
  readonly line?: WaitingLine | undefined;
};

/** Takes in the questions of all clients, as many as can be answered in good time. */
export class QuestionDesk {
  readonly #deadlineMs: number;
  readonly #line: WaitingLine;

  constructor({ deadlineMs = 30_000, line = new WaitingLine(LINE_LIMITS) }: DeskOptions = {}) {
    this.#deadlineMs = deadlineMs;
    this.#line = line;
  }

  /** How many questions are worked on, and how many wait. */
  get line(): Pick<WaitingLine, "working" | "waiting"> {
    return this.#line;
  }

  /** `client` fires when nobody waits for the answer any more. Throws `server-busy` at once where the line is full. */
  receive(client: AbortSignal | undefined): ReceivedQuestion {
    return new ReceivedQuestion(this.#line.take(), this.#deadlineMs, client);
  }
}
