import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { ask, serve } from "../support/servers/served-chatbot.ts";

const MEGABYTE = "x".repeat(1024 * 1024);

describe("a body that is too long", () => {
  it("is refused by its length, before any of it was sent", async () => {
    const { port } = await serve();
    const { answer } = await converse(port, [post("content-length: 52428800")]);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain("REQUEST_TOO_LARGE");
    expect(answer.toLowerCase()).toContain("connection: close");
  });

  it("is refused while it comes in chunks, however long it would go on", async () => {
    const { port } = await serve();
    const chunk = `100000\r\n${MEGABYTE}\r\n`;
    const { answer, written } = await converse(port, [
      post("transfer-encoding: chunked"),
      ...Array(50).fill(chunk),
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(written).toBeLessThan(20 * MEGABYTE.length);
  });

  it.each(["/api/nowhere", "/", "/healthz"])("is refused at %s too", async (path) => {
    const { port } = await serve();
    const { answer } = await converse(port, [post("content-length: 52428800", path)]);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("is not read to its end where nothing takes a body", async () => {
    const { port } = await serve();
    const chunk = `100000\r\n${MEGABYTE}\r\n`;
    const head = post("transfer-encoding: chunked", "/api/nowhere");
    const { answer, written } = await converse(port, [head, ...Array(50).fill(chunk)]);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(written).toBeLessThan(20 * MEGABYTE.length);
  });

  it("leaves the server answering others", async () => {
    const { port, url } = await serve();
    await converse(port, [post("content-length: 52428800")]);
    expect((await ask(url, { question: "问" })).status).toBe(200);
  });
});

describe("a body that is cut off", () => {
  it("is no fault of the server: its owner is not told", async () => {
    const failures: unknown[] = [];
    const { port, url } = await serve({ onFailure: (error) => failures.push(error) });
    for (let i = 0; i < 3; i++) {
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      socket.write(`${post("content-length: 100")}{`, () => socket.resetAndDestroy());
      await once(socket, "close");
    }
    expect((await ask(url, { question: "问" })).status).toBe(200);
    expect(failures).toEqual([]);
  });
});

function post(header: string, path = "/api/ask"): string {
  return `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${header}\r\n\r\n`;
}

/** Sends parts, each when the one before was taken, until the server hangs up; tells its answer and the bytes it took. */
function converse(port: number, parts: readonly string[]): Promise<{ answer: string; written: number }> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1").setEncoding("utf8");
    let answer = "";
    let next = 0;
    const send = () => {
      const part = parts[next++];
      if (part !== undefined && !socket.destroyed) socket.write(part, send);
    };
    socket.on("connect", send);
    socket.on("data", (text) => (answer += text));
    socket.on("error", () => undefined); // the server hangs up on us: that is what we wait for
    socket.on("close", () => resolve({ answer, written: socket.bytesWritten - socket.writableLength }));
  });
}
