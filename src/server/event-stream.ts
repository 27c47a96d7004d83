import { once } from "node:events";
import type { ServerResponse } from "node:http";

export type StreamEvent = { readonly type: string };

export type EventStreamOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds between comments that keep proxies from closing a quiet stream. Default 15,000. */
  readonly heartbeatMs?: number | undefined;
  /** Makes the last event of a stream that failed. */
  readonly toErrorEvent: (error: unknown) => StreamEvent;
};

/**
 * Sends events as server-sent events, no faster than the client reads them, and stops when it leaves.
 * A failure becomes the last event: the status is sent already.
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
    for await (const event of events) await writeEvent(response, event);
  } catch (error) {
    if (!response.destroyed) await writeEvent(response, toErrorEvent(error)).catch(() => undefined);
    if (!signal?.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

/** Rejects when the client is gone, so that the loop above ends the work behind the events. */
async function writeEvent(response: ServerResponse, event: StreamEvent): Promise<void> {
  if (response.destroyed) throw new Error("The client left.");
  if (response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)) return;
  const closed = new AbortController();
  const onClose = () => closed.abort();
  response.once("close", onClose);
  try {
    await once(response, "drain", { signal: closed.signal });
  } finally {
    response.off("close", onClose);
  }
}
