import { once } from "node:events";
import type { ServerResponse } from "node:http";

export type StreamEvent = { readonly type: string };

export type EventStreamOptions = {
  /** Fires when there is no more to wait for: the client has left, or its time is over. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds between comments that keep proxies from closing a quiet stream. Default 15,000. */
  readonly heartbeatMs?: number | undefined;
  /** Makes the last event of a stream that failed. */
  readonly toErrorEvent: (error: unknown) => StreamEvent;
};

/**
 * Sends events as server-sent events, no faster than the client reads them, and stops when it leaves.
 * A failure becomes the last event: the status is sent already. A client that has stopped reading is hung up on.
 */
export async function sendEventStream(
  response: ServerResponse,
  events: AsyncIterable<StreamEvent>,
  { signal, heartbeatMs = 15_000, toErrorEvent }: EventStreamOptions,
): Promise<void> {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no", // nginx would hold the stream back
  });
  response.write(": ok\n\n");
  const heartbeat = setInterval(() => {
    if (!response.destroyed && !response.writableNeedDrain) response.write(":\n\n");
  }, heartbeatMs);
  try {
    for await (const event of events) await writeEvent(response, event, signal);
  } catch (error) {
    if (signal?.aborted && response.writableNeedDrain) response.destroy();
    else if (!response.destroyed) response.write(format(toErrorEvent(error)));
    if (!signal?.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

/** Rejects when the client is gone, or nobody waits for it any more, so that the loop above ends the work behind the events. */
async function writeEvent(
  response: ServerResponse,
  event: StreamEvent,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (response.destroyed) throw new Error("The client left.");
  if (response.write(format(event))) return;
  const over = new AbortController();
  const end = () => over.abort();
  response.once("close", end);
  signal?.addEventListener("abort", end);
  try {
    if (signal?.aborted) end();
    await once(response, "drain", { signal: over.signal });
  } finally {
    response.off("close", end);
    signal?.removeEventListener("abort", end);
  }
}

function format(event: StreamEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
