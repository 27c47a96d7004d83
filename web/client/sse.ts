export type ServerSentEvent = { readonly type: string; readonly data: string };

/** Reads a `text/event-stream` body: frames and characters may be cut anywhere, comments are skipped. */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let event = emptyEvent();
  for await (const line of readLines(body)) {
    if (line === "") {
      if (event.data.length > 0) yield { type: event.type, data: event.data.join("\n") };
      event = emptyEvent();
    } else {
      const { field, value } = readField(line);
      if (field === "event") event.type = value;
      if (field === "data") event.data.push(value);
    }
  }
}

function emptyEvent(): { type: string; data: string[] } {
  return { type: "message", data: [] };
}

function readField(line: string): { field: string; value: string } {
  const colon = line.indexOf(":");
  if (colon < 0) return { field: line, value: "" };
  return { field: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, "") };
}

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        if (rest.endsWith("\r")) yield rest.slice(0, -1);
        return;
      }
      rest += decoder.decode(value, { stream: true });
      // A \r at the end may be half of a \r\n.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } finally {
    // Not awaited: a reader that is cancelled because its connection broke may never settle.
    reader.cancel().catch(() => {});
  }
}
