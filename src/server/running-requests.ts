import type { ServerResponse } from "node:http";

/** The requests being answered now: each has a signal that fires when its client leaves or the server must stop. */
export class RunningRequests {
  readonly #controllers = new Map<ServerResponse, AbortController>();
  #whenNone: (() => void) | undefined;
  #stopping = false;

  /** Whether the server has begun to stop: it finishes what it runs and takes no more. */
  get stopping(): boolean {
    return this.#stopping;
  }

  start(response: ServerResponse): void {
    const controller = new AbortController();
    this.#controllers.set(response, controller);
    response.once("close", () => {
      this.#controllers.delete(response);
      if (!response.writableFinished) controller.abort();
      if (this.#controllers.size === 0) this.#whenNone?.();
    });
  }

  signalOf(response: ServerResponse): AbortSignal | undefined {
    return this.#controllers.get(response)?.signal;
  }

  /** Resolves when the last running request has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#controllers.size > 0) await new Promise<void>((resolve) => (this.#whenNone = resolve));
  }

  abortAll(): void {
    for (const controller of this.#controllers.values()) controller.abort();
  }
}
