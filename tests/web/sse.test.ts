import { describe, expect, it } from "vitest";
import { readEventStream, type ServerSentEvent } from "../../web/client/sse.ts";

async function read(chunks: readonly (string | Uint8Array)[]): Promise<ServerSentEvent[]> {
  const bytes = chunks.map((chunk) => (typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk));
  const events: ServerSentEvent[] = [];
  for await (const event of readEventStream(new Blob(bytes.map((each) => each.slice())).stream()))
    events.push(event);
  return events;
}

/** A stream whose chunks come exactly as given; a Blob would join them. */
function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

describe("reading server-sent events", () => {
  it("gives type and data, and skips comments and events without data", async () => {
    expect(await read([": ok\n\nevent: text-delta\ndata: 你好\n\n:\n\nevent: nothing\n\n"])).toEqual([
      { type: "text-delta", data: "你好" },
    ]);
  });

  it("joins several data lines and knows all three line ends", async () => {
    expect(await read(["data: 一\ndata: 二\r\n\r\nevent:x\rdata:三\r\r"])).toEqual([
      { type: "message", data: "一\n二" },
      { type: "x", data: "三" },
    ]);
  });

  it("reads the same events wherever the bytes are cut", async () => {
    const bytes = new TextEncoder().encode("event: a\r\ndata: 株洲𠮷\r\n\r\nevent: b\ndata: 黄冈\n\n");
    for (let at = 1; at < bytes.length; at += 1) {
      const events: ServerSentEvent[] = [];
      const stream = streamOf([bytes.slice(0, at), bytes.slice(at)]);
      for await (const event of readEventStream(stream)) events.push(event);
      expect(events, `cut at ${at}`).toEqual([
        { type: "a", data: "株洲𠮷" },
        { type: "b", data: "黄冈" },
      ]);
    }
  });

  it("drops an event that the stream leaves unfinished", async () => {
    expect(await read(["data: 一\n\ndata: 二\n"])).toEqual([{ type: "message", data: "一" }]);
  });
});
