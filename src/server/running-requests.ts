import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** The requests being answered now: each has a signal that fires when its client leaves or the server must stop. */
export class RunningRequests {
  readonly #controllers = new Map<ServerResponse, AbortController>();
  readonly #ofSocket = new WeakMap<Socket, Set<ServerResponse>>();
  #whenNone: (() => void) | undefined;
  #stopping = false;

  /** Whether the server has begun to stop: it finishes what it runs and takes no more. */
  get stopping(): boolean {
    return this.#stopping;
  }

  start(response: ServerResponse): void {
    this.#controllers.set(response, new AbortController());
    this.#responsesOn(response.req.socket).add(response);
    response.once("close", () => this.#end(response));
  }

  signalOf(response: ServerResponse): AbortSignal | undefined {
    return this.#controllers.get(response)?.signal;
  }

  /** Resolves when the last running request has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#controllers.size > 0) await new Promise<void>((resolve) => (this.#whenNone = resolve));
  }

  /** One that waits behind another on its connection (pipelining) is not told when that connection closes. */
  #responsesOn(socket: Socket): Set<ServerResponse> {
    const known = this.#ofSocket.get(socket);
    if (known) return known;
    const responses = new Set<ServerResponse>();
    this.#ofSocket.set(socket, responses);
    socket.once("close", () => {
      for (const response of responses) this.#end(response);
    });
    return responses;
  }

  #end(response: ServerResponse): void {
    const controller = this.#controllers.get(response);
    if (!controller) return;
    this.#controllers.delete(response);
    this.#ofSocket.get(response.req.socket)?.delete(response);
    if (!response.writableFinished) controller.abort();
    if (this.#controllers.size === 0) this.#whenNone?.();
  }

  abortAll(): void {
    for (const controller of this.#controllers.values()) controller.abort();
  }
}
