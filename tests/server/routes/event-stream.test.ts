import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { AnswerEvent } from "../../../src/answer/answer.ts";
import { WenjuError } from "../../../src/errors.ts";
import { deferred } from "../../support/deferred.ts";
import { ask, chatbotThat, quotedAnswer, serve } from "../../support/servers/served-chatbot.ts";

const STREAM = { accept: "text/event-stream" };
const BODY = { question: "累计治愈出院多少例患者？" };

describe("the event stream of POST /api/ask", () => {
  it("sends each event under its name, one line of JSON each", async () => {
    const { url } = await serve();
    const response = await ask(url, BODY, STREAM);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    });
    const events = parseEvents(await response.text());
    expect(events.map(({ name }) => name)).toEqual(["citation-available", "text-delta", "answer-end"]);
    expect(events.every(({ name, data }) => data.type === name)).toBe(true);
    expect(events.at(-1)?.data).toEqual({ type: "answer-end", answer: quotedAnswer(BODY.question) });
  });

  it("sends its first byte before there is anything to say, and comments while it waits", async () => {
    const answer = deferred();
    const chatbot = chatbotThat(async function* (question) {
      await answer.promise;
      yield { type: "answer-end", answer: quotedAnswer(question) };
    });
    const { url } = await serve({ chatbot, heartbeatMs: 20 });
    const reader = (await ask(url, BODY, STREAM)).body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe(": ok\n\n");
    expect((await reader.read()).value).toMatch(/^:\n\n/);
    answer.resolve();
    let rest = "";
    for (let read = await reader.read(); !read.done; read = await reader.read()) rest += read.value;
    expect(rest).toContain("event: answer-end\n");
  });

  it("ends with one answer-error when the work fails after the first byte", async () => {
    const chatbot = chatbotThat(async function* () {
      yield { type: "text-delta", text: "株洲" };
      throw new WenjuError("EMBEDDING_FAILED", "worker 7 died in /srv/wenju");
    });
    const { url } = await serve({ chatbot });
    const events = parseEvents(await (await ask(url, BODY, STREAM)).text());
    expect(events.map(({ name }) => name)).toEqual(["text-delta", "answer-error"]);
    expect(events.at(-1)?.data).toEqual({
      type: "answer-error",
      error: { code: "EMBEDDING_FAILED", message: expect.stringContaining("模型暂时不能用") },
    });
  });

  it("answers bad input with a status, not with a stream", async () => {
    const { url } = await serve();
    const response = await ask(url, { question: "" }, STREAM);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toContain("application/json");
  });

  it("stops the work when the reader leaves", async () => {
    const ended = deferred();
    let signal: AbortSignal | undefined;
    const chatbot = chatbotThat(async function* (_question, options) {
      signal = options.signal;
      try {
        for (;;) {
          yield { type: "text-delta", text: "株洲" };
          await delay(5);
        }
      } finally {
        ended.resolve();
      }
    });
    const { url } = await serve({ chatbot });
    const leaving = new AbortController();
    const response = await fetch(`${url}/api/ask`, {
      method: "POST",
      headers: { "content-type": "application/json", ...STREAM },
      body: JSON.stringify(BODY),
      signal: leaving.signal,
    });
    await readUntil(response, "text-delta");
    leaving.abort();
    await ended.promise;
    expect(signal?.aborted).toBe(true);
  });

  it("waits for a reader who does not read, and ends with them", async () => {
    let sent = 0;
    const ended = deferred();
    const chatbot = chatbotThat(async function* (): AsyncGenerator<AnswerEvent> {
      const text = "湘".repeat(100_000);
      try {
        for (; sent < 1_000; sent++) yield { type: "text-delta", text };
      } finally {
        ended.resolve();
      }
    });
    const { port } = await serve({ chatbot });
    const socket = await askAndNeverRead(port);
    await vi.waitFor(() => expect(sent).toBeGreaterThan(0));
    await settled(() => sent);
    expect(sent).toBeLessThan(100);
    socket.destroy();
    await ended.promise;
  });
});

async function askAndNeverRead(port: number): Promise<Socket> {
  const body = JSON.stringify(BODY);
  const socket = connect(port, "127.0.0.1");
  socket.pause();
  socket.write(
    "POST /api/ask HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n" +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  return socket;
}

/** Resolves when a number has stopped growing for a while. */
async function settled(read: () => number): Promise<void> {
  for (let last = -1; last !== read(); await delay(200)) last = read();
}

function parseEvents(stream: string) {
  const blocks = stream.split("\n\n").filter((block) => block !== "" && !block.startsWith(":"));
  return blocks.map((block) => {
    const match = /^event: (.+)\ndata: (.+)$/.exec(block);
    if (!match) throw new Error(`Not an event: ${block}`);
    return { name: match[1], data: JSON.parse(match[2]!) };
  });
}

/** Reads a stream until these characters have come. */
async function readUntil(response: Response, wanted: string): Promise<void> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ""; !text.includes(wanted); ) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The stream ended after ${text}`);
    text += value;
  }
}
