import { quantile } from "../support/serving.ts";
import { isAnswer, type Reply } from "./client.ts";

/** What became of many questions. */
export class Tally {
  #times: number[] = [];
  #serverErrors = 0;
  #dropped = 0;
  #malformed = 0;

  /** `late` is how many milliseconds too late the question was asked. */
  add(reply: Reply, stream: boolean, late = 0): void {
    if (reply.status >= 500) this.#serverErrors += 1;
    else if (reply.status === 0 || !reply.whole) this.#dropped += 1;
    else if (!isAnswer(reply, stream)) this.#malformed += 1;
    else this.#times.push(reply.milliseconds + late);
  }

  clear(): void {
    this.#times = [];
    this.#serverErrors = 0;
    this.#dropped = 0;
    this.#malformed = 0;
  }

  figures() {
    return {
      answered: this.#times.length,
      serverErrors: this.#serverErrors,
      dropped: this.#dropped,
      malformed: this.#malformed,
      p50: Math.round(quantile(this.#times, 0.5)),
      p95: Math.round(quantile(this.#times, 0.95)),
    };
  }
}
