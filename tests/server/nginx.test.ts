import { readFile } from "node:fs/promises";
import { request as overHttp } from "node:http";
import { request as overTls } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeCertificate, startNginx } from "../support/servers/nginx.ts";
import { chatbotThat, composeQuote, serve } from "../support/servers/served-chatbot.ts";

const EXAMPLE = fileURLToPath(new URL("../../docs/examples/nginx.conf", import.meta.url));
const { WENJU_TEST_NGINX: NGINX = "" } = process.env;
const SKIPPED = NGINX === "" ? " (skipped: WENJU_TEST_NGINX=/usr/sbin/nginx names no nginx)" : "";

/** Milliseconds. nginx gives up on a server that says nothing for 60 seconds. */
const PAUSE = 70_000;
const NEVER = 300_000;
/** How much later than without nginx the first byte of a stream may come, in milliseconds. */
const DELAY = 200;

describe.skipIf(NGINX === "")(`behind nginx${SKIPPED}`, () => {
  const ways = [
    ["its default proxy settings", behindDefaults],
    ["the configuration of docs/examples", behindExample],
  ] as const;

  it.each(ways)("with %s, a stream begins as soon as without it", async (_name, behind) => {
    const server = await serve();
    const address = await behind(server.port);
    await firstByte(address); // the first connection of nginx is no figure
    const direct = await medianOf(() => firstByte(new URL(server.url)));
    const proxied = await medianOf(() => firstByte(address));
    process.stderr.write(
      `first byte: ${direct.toFixed(1)} ms direct, ${proxied.toFixed(1)} ms behind nginx\n`,
    );
    expect(proxied - direct).toBeLessThan(DELAY);
  });

  it(
    "an answer that takes 70 seconds arrives whole, because comments keep its stream alive",
    async () => {
      const server = await serve(thinkingFor(PAUSE));
      const quiet = await serve({ ...thinkingFor(PAUSE), heartbeatMs: NEVER });
      const addresses = [await behindDefaults(server.port), await behindExample(server.port)];
      const waiting = addresses.map((address) => askFor(address));
      const cutOff = await askFor(await behindDefaults(quiet.port));
      for (const { status, text } of await Promise.all(waiting)) {
        expect(status).toBe(200);
        expect(text.match(/^:$/gmu)?.length).toBeGreaterThanOrEqual(4);
        expect(text).toContain("event: answer-end");
      }
      expect(cutOff.text).not.toContain("event: answer-end");
    },
    PAUSE + 60_000,
  );

  it("says nothing of what is for this machine alone, and takes no longer body than Wenju does", async () => {
    const address = await behindExample((await serve()).port);
    for (const path of ["/metrics", "/admin", "/admin/", "/api/admin/articles"])
      expect((await send(new URL(path, address), "GET")).status, path).toBe(404);
    expect((await send(new URL("/healthz", address), "GET")).status).toBe(200);
    expect((await askFor(address, "问".repeat(10_000))).status).toBe(413);
  });

  it("is asked by its own pages: the host that browsers name reaches Wenju", async () => {
    const address = await behindExample((await serve()).port);
    const { status } = await send(new URL("/api/articles", address), "GET", { origin: address.origin });
    expect(status).toBe(200);
  });
});

async function behindDefaults(upstream: number): Promise<URL> {
  const nginx = await startNginx(
    NGINX,
    (port) => `server { listen 127.0.0.1:${port}; location / { proxy_pass http://127.0.0.1:${upstream}; } }`,
  );
  onTestFinished(nginx.stop);
  return new URL(`http://127.0.0.1:${nginx.port}`);
}

/** The example as it is, but for its ports and the place of its certificate. */
async function behindExample(upstream: number): Promise<URL> {
  const example = await readFile(EXAMPLE, "utf8");
  const nginx = await startNginx(NGINX, async (port, folder) => {
    const { key, certificate } = await makeCertificate(folder);
    return example
      .replace("listen 443 ", `listen 127.0.0.1:${port} `)
      .replace("/etc/ssl/wenju/fullchain.pem", certificate)
      .replace("/etc/ssl/wenju/privkey.pem", key)
      .replace("127.0.0.1:8787;", `127.0.0.1:${upstream};`);
  });
  onTestFinished(nginx.stop);
  return new URL(`https://127.0.0.1:${nginx.port}`);
}

/** An answer that begins with a pause. */
function thinkingFor(milliseconds: number) {
  const chatbot = chatbotThat(async function* (question) {
    await sleep(milliseconds);
    yield* composeQuote(question);
  });
  return { chatbot, questions: { deadlineMs: NEVER } };
}

async function askFor(address: URL, question = "治愈多少例？") {
  return send(new URL("/api/ask", address), "POST", STREAM, JSON.stringify({ question }));
}

const STREAM = { "content-type": "application/json", accept: "text/event-stream" };

type Received = { readonly status: number; readonly text: string; readonly firstByteMs: number };

/** What arrives, also where the connection breaks off. */
function send(
  url: URL,
  method: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const open = url.protocol === "https:" ? overTls : overHttp;
    const request = open(url, { method, headers, rejectUnauthorized: false, agent: false }, (response) => {
      let text = "";
      let firstByteMs = Number.NaN;
      response.setEncoding("utf8").on("data", (piece: string) => {
        if (text === "") firstByteMs = performance.now() - begun;
        text += piece;
      });
      response.on("error", () => undefined); // what came before it counts
      response.on("close", () => resolve({ status: response.statusCode ?? 0, text, firstByteMs }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function firstByte(address: URL): Promise<number> {
  return (await askFor(address)).firstByteMs;
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const figures: number[] = [];
  for (let i = 0; i < 9; i++) figures.push(await measure());
  return figures.sort((a, b) => a - b)[4]!;
}
