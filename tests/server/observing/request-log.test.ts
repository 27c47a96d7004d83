import { once } from "node:events";
import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { WenjuError } from "../../../src/errors.ts";
import { LiveChatbot } from "../../../src/live-chatbot.ts";
import type { StartOptions } from "../../../src/server/start-server.ts";
import { collectedLog, type LoggedLine } from "../../support/collected-log.ts";
import { ask, chatbotThat, quotedAnswer, serve } from "../../support/servers/served-chatbot.ts";

const QUESTION = "在黄冈累计治愈出院患者多少例？";

describe("the line of a finished request", () => {
  it("tells which question was answered how, without the question", async () => {
    const { url, lines } = await serveLogged({
      chatbot: new LiveChatbot({ chatbot: chatbotThat(), suggestions: [], generation: "g1", passages: 1 }),
    });
    const body = await (await ask(url, { question: QUESTION })).text();
    const [line] = await lines(1);
    expect(line).toEqual({
      level: "info",
      message: "request",
      id: expect.any(String),
      method: "POST",
      path: "/api/ask",
      route: "/api/ask",
      status: 200,
      ms: expect.any(Number),
      bytes: expect.any(Number),
      answer: "answered",
      citations: 1,
      wordsOnly: false,
      generation: "g1",
    });
    expect(line?.bytes).toBeGreaterThan(Buffer.byteLength(body));
  });

  it("counts the bytes of each answer on a connection by itself", async () => {
    const { url, lines } = await serveLogged();
    for (let i = 0; i < 3; i++) await (await fetch(`${url}/api/articles`)).text();
    const bytes = (await lines(3)).map(({ bytes }) => bytes);
    expect(Math.max(...bytes.map(Number)) - Math.min(...bytes.map(Number))).toBeLessThan(50);
  });

  it("tells the path without its query, and the route", async () => {
    const { url, lines } = await serveLogged();
    await fetch(`${url}/api/search?q=${encodeURIComponent(QUESTION)}&limit=3`);
    await fetch(`${url}/api/articles/zhuzhou-zhongxin-2020?q=1#c=3`);
    expect(await lines(2)).toMatchObject([
      { path: "/api/search", route: "/api/search", status: 200 },
      { path: "/api/articles/zhuzhou-zhongxin-2020", route: "/api/articles/:id", status: 200 },
    ]);
  });

  it.each([
    [`/api/ask/${QUESTION}`, "other", 404],
    ["/api/articles/在黄冈累计治愈", "/api/articles/:id", 404],
    [`/api/search?q=&limit=3`, "/api/search", 400],
    ["/api/ask", "/api/ask", 405],
    [`/${QUESTION}`, "other", 404],
  ])("tells of %s, which was refused, the route alone", async (address, route, status) => {
    const { url, lines } = await serveLogged();
    await fetch(url + address);
    expect(await lines(1)).toMatchObject([{ level: "info", path: route, route, status }]);
  });

  it("tells of health checks and assets at debug", async () => {
    const { url, lines } = await serveLogged();
    for (const path of ["/healthz", "/readyz", "/assets/none.js", "/widget.js"]) await fetch(url + path);
    expect((await lines(4)).map(({ level }) => level)).toEqual(["debug", "debug", "debug", "debug"]);
  });

  it("tells what refused a request", async () => {
    const { url, lines } = await serveLogged();
    await ask(url, `{"question":"${QUESTION}`);
    await ask(url, { question: QUESTION }, { origin: "https://else.example" });
    expect(await lines(2)).toMatchObject([
      { level: "info", status: 400, fault: "json-malformed" },
      { level: "info", status: 403, fault: "origin-unknown" },
    ]);
    expect(JSON.stringify(await lines(2))).not.toContain("治愈");
  });

  it("tells a failure with its stack and causes, and without what they quote of the reader", async () => {
    const { url, lines } = await serveLogged({
      chatbot: chatbotThat((question) => {
        throw new Error(`Cannot parse ${question}`, { cause: new TypeError(`${question} has no end`) });
      }),
    });
    const history = [{ role: "user", content: "株洲有哪些医院？" }];
    expect((await ask(url, { question: QUESTION, history })).status).toBe(500);
    const [line] = await lines(1);
    expect(line).toMatchObject({
      level: "error",
      status: 500,
      answer: "failed",
      err: {
        type: "Error",
        message: "Cannot parse […] […]",
        stack: expect.stringMatching(/^Error: Cannot parse \[…\] \[…\]\n +at .*request-log\.test/),
        cause: { type: "TypeError", message: "[…] […] has no end" },
      },
    });
    expect(JSON.stringify(line)).not.toMatch(/治愈|株洲有/);
  });

  it("tells a failure of a stream whose status was sent already", async () => {
    const { url, lines } = await serveLogged({
      chatbot: chatbotThat(async function* () {
        yield { type: "text-delta", text: "……" };
        throw new Error("The composer broke.");
      }),
    });
    await (await ask(url, { question: QUESTION }, { accept: "text/event-stream" })).text();
    expect(await lines(1)).toMatchObject([
      { level: "error", status: 200, answer: "failed", err: { message: "The composer broke." } },
    ]);
  });

  it("warns of a model that cannot run", async () => {
    const { url, lines } = await serveLogged({
      chatbot: chatbotThat(() => {
        throw new WenjuError("EMBEDDING_FAILED", "The embedding worker died: SIGKILL.");
      }),
    });
    await ask(url, { question: QUESTION });
    expect(await lines(1)).toMatchObject([
      { level: "warn", status: 503, answer: "failed", err: { code: "EMBEDDING_FAILED" } },
    ]);
  });

  it("tells that a reader left", async () => {
    let begun = () => {};
    const isAsked = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { url, lines } = await serveLogged({
      chatbot: chatbotThat(async function* (question, { signal }) {
        begun();
        await once(signal!, "abort");
        yield { type: "answer-end", answer: quotedAnswer(question) };
      }),
    });
    const leaving = request(`${url}/api/ask`, {
      method: "POST",
      headers: { "content-type": "application/json" },
    });
    leaving.on("error", () => {});
    leaving.end(JSON.stringify({ question: QUESTION }));
    await isAsked;
    leaving.destroy();
    expect(await lines(1)).toMatchObject([{ level: "info", answer: "aborted" }]);
  });

  it("tells the question where that is wanted", async () => {
    const { url, lines } = await serveLogged({ logQuestions: true });
    await ask(url, { question: QUESTION });
    expect(await lines(1)).toMatchObject([{ question: QUESTION }]);
  });
});

async function serveLogged(options: Partial<StartOptions> = {}) {
  const { log, lines } = collectedLog();
  const { url } = await serve({ log, ...options });
  return {
    url,
    /** So many lines, once they are there. */
    async lines(count: number): Promise<LoggedLine[]> {
      await expect.poll(() => lines.length).toBe(count);
      return lines;
    },
  };
}
