import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { WenjuError } from "../../src/errors.ts";
import { startServer } from "../../src/server/start-server.ts";
import { deferred } from "../support/deferred.ts";
import { ask, chatbotThat, quotedAnswer, serve } from "../support/servers/served-chatbot.ts";

const BODY = { question: "累计治愈出院多少例患者？" };

describe("startServer", () => {
  it("says which port is taken, and what to do", async () => {
    const { port } = await serve();
    const second = startServer({
      chatbot: chatbotThat(),
      webFolder: "/nonexistent",
      host: "127.0.0.1",
      port,
    });
    await expect(second).rejects.toMatchObject({
      code: "PORT_UNAVAILABLE",
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });

  it("says that a host is not one of this machine", async () => {
    const started = startServer({
      chatbot: chatbotThat(),
      webFolder: "/nonexistent",
      host: "192.0.2.1",
      port: 0,
    });
    await expect(started).rejects.toMatchObject({ code: "PORT_UNAVAILABLE" });
  });
});

describe("close", () => {
  it("lets running answers finish and takes no new connections", async () => {
    const { chatbot, begun, finish } = waitingChatbot();
    const server = await serve({ chatbot });
    const json = ask(server.url, BODY);
    const stream = ask(server.url, BODY, { accept: "text/event-stream" });
    await begun(2);
    const closed = server.close();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    finish();
    expect(await (await json).json()).toEqual(quotedAnswer(BODY.question));
    expect(await (await stream).text()).toContain("event: answer-end");
    await closed;
  });

  it("says on connections that are still open that it is not ready any more", async () => {
    const { chatbot, begun, finish } = waitingChatbot();
    const server = await serve({ chatbot });
    const socket = connect(server.port, "127.0.0.1");
    let received = "";
    socket.on("data", (data) => {
      received += String(data);
    });
    const ended = once(socket, "close");
    const body = JSON.stringify(BODY);
    socket.write(
      `POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    await begun(1);
    const closed = server.close();
    socket.write("GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n");
    // it is read before the question is answered, and answered behind it, on the same connection
    setTimeout(() => setImmediate(finish), 50);
    await closed;
    await ended;
    const [answer = "", readiness = ""] = received.split(/(?=HTTP\/1\.1 \d{3} )/);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(readiness).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection: close[\s\S]*\{"status":"stopping"\}$/i);
  });

  it("does not wait for requests that stood behind another one on a connection which is gone", async () => {
    const { chatbot, begun } = waitingChatbot();
    const server = await serve({ chatbot, graceMs: 60_000 });
    const socket = connect(server.port, "127.0.0.1").resume();
    const body = JSON.stringify(BODY);
    socket.write(
      "POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n" +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}` +
        "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(3),
    );
    await begun(1);
    socket.destroy();
    await server.close();
  });

  it("does not wait for idle connections, silent or kept alive", async () => {
    const server = await serve();
    const silent = connect(server.port, "127.0.0.1").resume();
    await once(silent, "connect");
    const ended = once(silent, "close");
    await (await fetch(`${server.url}/healthz`)).text();
    await server.close();
    await ended;
  });

  it("cuts off answers that take longer than the grace, and tells their readers", async () => {
    const { chatbot, begun } = waitingChatbot();
    const server = await serve({ chatbot, graceMs: 50 });
    const stream = ask(server.url, BODY, { accept: "text/event-stream" });
    await begun(1);
    await server.close();
    expect(await (await stream).text()).toMatch(/event: answer-error\ndata: .*"ABORTED"/);
  });
});

/** Composes nothing until told to, or until its signal fires. */
function waitingChatbot() {
  const waiting = deferred();
  let running = 0;
  let notice = () => {};
  const chatbot = chatbotThat(async function* (question, { signal }) {
    running += 1;
    notice();
    await Promise.race([waiting.promise, aborted(signal)]);
    yield { type: "answer-end", answer: quotedAnswer(question) };
  });
  const begun = (count: number) =>
    new Promise<void>((resolve) => {
      notice = () => running >= count && resolve();
      notice();
    });
  return { chatbot, begun, finish: waiting.resolve };
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(new WenjuError("ABORTED", "The answer was cut off.")));
  });
}
