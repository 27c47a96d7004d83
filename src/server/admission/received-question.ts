import { WenjuError } from "../../errors.ts";
import { RequestError } from "../request-error.ts";
import type { Place } from "./waiting-line.ts";

/** A question that has been let in. It gives its place back once its work is done, its client has left or its time is over. */
export class ReceivedQuestion {
  readonly #place: Place;
  readonly #ending = new AbortController();
  readonly #letGo: () => void;

  constructor(place: Place, deadlineMs: number, client: AbortSignal | undefined) {
    this.#place = place;
    const timer = setTimeout(() => this.#end(new RequestError("question-timed-out")), deadlineMs);
    const leave = () => this.#end(new WenjuError("ABORTED", "The client left, or the server stops."));
    this.#letGo = () => {
      clearTimeout(timer);
      client?.removeEventListener("abort", leave);
      place.leave();
    };
    client?.addEventListener("abort", leave);
    if (client?.aborted) leave();
  }

  /** Fires when the client has left, or when the time is over. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Waits for its turn and does the work. Rejects with `question-timed-out`, `ABORTED`, or what the work rejects with. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      await this.#place.turn(this.signal);
      return await this.#unlessEnded(work(this.signal));
    } finally {
      this.#letGo();
    }
  }

  /** Waits for its turn and gives the events. What takes the thread's time is done when the first one comes: others may begin then. */
  async *stream<T>(ask: (signal: AbortSignal) => AsyncIterable<T>): AsyncGenerator<T> {
    let events: AsyncIterator<T> | undefined;
    try {
      await this.#place.turn(this.signal);
      events = ask(this.signal)[Symbol.asyncIterator]();
      for (;;) {
        const { done, value } = await this.#unlessEnded(events.next());
        if (done) return;
        this.#place.leave();
        yield value;
      }
    } finally {
      this.#letGo();
      // not waited for: work that does not hear its signal must not hold up the answer
      events?.return?.().catch(() => undefined);
    }
  }

  #end(reason: WenjuError): void {
    this.#ending.abort(reason);
    this.#letGo();
  }

  async #unlessEnded<T>(work: Promise<T>): Promise<T> {
    let end = () => {};
    const ended = new Promise<never>((_resolve, reject) => {
      end = () => reject(this.signal.reason);
      this.signal.addEventListener("abort", end);
    });
    try {
      if (this.signal.aborted) end();
      return await Promise.race([work, ended]);
    } catch (error) {
      throw this.signal.aborted ? this.signal.reason : error;
    } finally {
      this.signal.removeEventListener("abort", end);
    }
  }
}
