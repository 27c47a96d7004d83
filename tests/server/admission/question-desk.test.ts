import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { WaitingLine } from "../../../src/server/admission/waiting-line.ts";
import { deferred } from "../../support/deferred.ts";
import { ask, chatbotThat, quotedAnswer, serve } from "../../support/servers/served-chatbot.ts";

const BODY = { question: "累计治愈出院多少例患者？" };
const STREAM = { accept: "text/event-stream" };
const ONE_PLACE = { places: 1, most: 2, mostInRush: 2 };

describe("the line of questions", () => {
  it.each(["POST /api/ask", "POST /api/ask as a stream", "GET /api/search"])(
    "answers 503 at once where it is full, with when to come again: %s",
    async (route) => {
      const { chatbot, finish } = heldChatbot();
      const { url } = await serve({ chatbot, questions: { line: new WaitingLine(ONE_PLACE) } });
      const admitted = [ask(url, BODY), ask(url, BODY, STREAM)];
      await vi.waitFor(async () => expect((await ask(url, BODY)).status).toBe(503));
      const refused = route.startsWith("GET")
        ? await fetch(`${url}/api/search?q=黄冈`)
        : await ask(url, BODY, route.includes("stream") ? STREAM : {});
      expect(refused.status).toBe(503);
      expect(refused.headers.get("retry-after")).toBe("2");
      expect(await refused.json()).toEqual({
        error: { code: "SERVER_BUSY", message: expect.stringContaining("提问的人太多") },
      });
      finish();
      for (const response of await Promise.all(admitted)) expect(response.status).toBe(200);
    },
  );

  it("keeps the connection of whom it turns away, and serves them when they come again", async () => {
    const { chatbot, finish } = heldChatbot();
    const { url } = await serve({
      chatbot,
      questions: { line: new WaitingLine({ ...ONE_PLACE, most: 1, mostInRush: 1 }) },
    });
    const first = ask(url, BODY);
    await vi.waitFor(async () => expect((await ask(url, BODY)).status).toBe(503));
    expect((await ask(url, BODY)).headers.get("connection")).not.toBe("close");
    finish();
    await first;
    expect(await (await ask(url, BODY)).json()).toEqual(quotedAnswer(BODY.question));
  });

  it("lets the next one in when a reader leaves who was being answered", async () => {
    const { chatbot, finish } = heldChatbot();
    const { url } = await serve({
      chatbot,
      questions: { line: new WaitingLine({ ...ONE_PLACE, most: 1, mostInRush: 1 }) },
    });
    const leaving = new AbortController();
    const first = fetch(`${url}/api/ask`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(BODY),
      signal: leaving.signal,
    });
    await vi.waitFor(async () => expect((await ask(url, BODY)).status).toBe(503));
    leaving.abort();
    await expect(first).rejects.toThrow();
    finish();
    await vi.waitFor(async () => expect((await ask(url, BODY)).status).toBe(200));
  });

  it("does not wait for a reader who takes his time with what has been found", async () => {
    const rest = deferred();
    const chatbot = chatbotThat(async function* (question) {
      yield { type: "text-delta", text: "株洲" };
      if (question === BODY.question) await rest.promise;
      yield { type: "answer-end", answer: quotedAnswer(question) };
    });
    const { url } = await serve({
      chatbot,
      questions: { line: new WaitingLine({ ...ONE_PLACE, most: 1, mostInRush: 1 }) },
    });
    const slow = await ask(url, BODY, STREAM);
    await slow.body!.getReader().read();
    await vi.waitFor(async () => expect((await ask(url, { question: "还有呢？" })).status).toBe(200));
    rest.resolve();
  });
});

describe("the deadline of a question", () => {
  it("is told as 503, and ends the work, even work that does not hear its signal", async () => {
    let heard: AbortSignal | undefined;
    const chatbot = chatbotThat(async function* (_question, { signal }) {
      heard = signal;
      await new Promise(() => {});
      yield* [];
    });
    const { url } = await serve({ chatbot, questions: { deadlineMs: 50 } });
    const response = await ask(url, BODY);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("10");
    expect(await response.json()).toEqual({
      error: { code: "QUESTION_TIMED_OUT", message: expect.stringContaining("没能在规定的时间里答完") },
    });
    expect(heard?.aborted).toBe(true);
    const stream = await (await ask(url, BODY, STREAM)).text();
    expect(stream).toMatch(/event: answer-error\ndata: .*"QUESTION_TIMED_OUT"/);
  });

  it("counts the wait for a place, and gives the place to the next one", async () => {
    let begun = 0;
    const chatbot = chatbotThat(async function* (question) {
      begun += 1;
      if (question !== "快的") await new Promise(() => {});
      yield { type: "answer-end", answer: quotedAnswer(question) };
    });
    const line = new WaitingLine(ONE_PLACE);
    const { url } = await serve({ chatbot, questions: { line, deadlineMs: 100 } });
    const both = await Promise.all([ask(url, BODY), ask(url, BODY)]);
    expect(both.map(({ status }) => status)).toEqual([503, 503]);
    expect(begun).toBeLessThanOrEqual(2);
    expect([line.working, line.waiting]).toEqual([0, 0]);
    expect((await ask(url, { question: "快的" })).status).toBe(200);
  });

  it("does not touch an answer that came before it", async () => {
    const { url } = await serve({ questions: { deadlineMs: 200 } });
    const response = await ask(url, BODY, STREAM);
    await delay(300);
    expect(await response.text()).toContain("event: answer-end");
  });
});

/** Answers nothing until told to; everything from then on. */
function heldChatbot() {
  const held = deferred();
  const chatbot = chatbotThat(
    async function* (question) {
      await held.promise;
      yield { type: "answer-end", answer: quotedAnswer(question) };
    },
    { retrieve: async () => [] },
  );
  return { chatbot, finish: held.resolve };
}
