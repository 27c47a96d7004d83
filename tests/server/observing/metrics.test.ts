import { describe, expect, it } from "vitest";
import type { Answer } from "../../../src/answer/answer.ts";
import { WenjuError } from "../../../src/errors.ts";
import { LiveChatbot } from "../../../src/live-chatbot.ts";
import { QuestionDesk } from "../../../src/server/admission/question-desk.ts";
import { WaitingLine } from "../../../src/server/admission/waiting-line.ts";
import { FeedbackLog } from "../../../src/server/journal/feedback-log.ts";
import { ServerMetrics } from "../../../src/server/observing/server-metrics.ts";
import type { StartOptions } from "../../../src/server/start-server.ts";
import { deferred } from "../../support/deferred.ts";
import { ask, chatbotThat, folderWith, quotedAnswer, serve } from "../../support/servers/served-chatbot.ts";

const QUESTION = "在黄冈累计治愈出院患者多少例？";

describe("GET /metrics", () => {
  it("is in Prometheus's format, fresh, and there only where metrics are kept", async () => {
    const { url } = await serveMeasured();
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect((await fetch(`${(await serve()).url}/metrics`)).status).toBe(404);
  });

  it("counts questions by what became of them", async () => {
    const answers: (() => Answer)[] = [
      () => quotedAnswer(QUESTION),
      () => quotedAnswer(QUESTION),
      () => ({ ...quotedAnswer(QUESTION), status: "no-evidence", citations: [] }),
      () => {
        throw new Error("The composer broke.");
      },
      () => {
        throw new WenjuError("ABORTED", "The server stops.");
      },
    ];
    const { url, value } = await serveMeasured({
      chatbot: chatbotThat(async function* () {
        yield { type: "answer-end", answer: answers.shift()!() };
      }),
    });
    while (answers.length > 0) await ask(url, { question: QUESTION });
    await ask(url, { question: "" });
    await expect.poll(() => value('wenju_questions_total{status="answered"}')).toBe(2);
    expect(await value('wenju_questions_total{status="no-evidence"}')).toBe(1);
    expect(await value('wenju_questions_total{status="failed"}')).toBe(1);
    expect(await value('wenju_questions_total{status="aborted"}')).toBe(1);
    expect(await value('wenju_questions_total{status="refused-by-queue"}')).toBe(0);
    expect(await value("wenju_question_seconds_count")).toBe(3);
    expect(await value('wenju_http_requests_total{route="/api/ask",status="400"}')).toBe(1);
  });

  it("tells who is in the queue, and counts whom it turns away", async () => {
    const waiting = deferred();
    const line = new WaitingLine({ places: 1, most: 2, mostInRush: 2 });
    const { url, value } = await serveMeasured({
      questions: { line },
      chatbot: chatbotThat(async function* (question) {
        await waiting.promise;
        yield { type: "answer-end", answer: quotedAnswer(question) };
      }),
    });
    const asked = [ask(url, { question: QUESTION }), ask(url, { question: QUESTION })];
    await expect.poll(() => value("wenju_queue_waiting")).toBe(1);
    expect(await value("wenju_queue_running")).toBe(1);
    expect((await ask(url, { question: QUESTION })).status).toBe(503);
    await expect.poll(() => value('wenju_questions_total{status="refused-by-queue"}')).toBe(1);
    waiting.resolve();
    await Promise.all(asked);
    await expect.poll(() => value("wenju_queue_running")).toBe(0);
    expect(await value("wenju_queue_waiting")).toBe(0);
    await expect.poll(() => value('wenju_questions_total{status="answered"}')).toBe(2);
  });

  it("measures each stage of each question once", async () => {
    const { url, value } = await serveMeasured();
    for (let i = 0; i < 3; i++) await ask(url, { question: QUESTION });
    for (const stage of ["rephrase", "retrieve", "compose"]) {
      expect(await value(`wenju_question_stage_seconds_count{stage="${stage}"}`)).toBe(3);
    }
  });

  it("tells the generation, passages and articles that count now", async () => {
    const live = new LiveChatbot({ chatbot: chatbotThat(), suggestions: [], generation: "g1", passages: 7 });
    const { value } = await serveMeasured({ chatbot: live });
    expect(await value('wenju_generation_info{generation="g1"}')).toBe(1);
    expect([await value("wenju_passages"), await value("wenju_articles")]).toEqual([7, 2]);
    live.replace({ chatbot: chatbotThat(), suggestions: [], generation: "g2", passages: 8 });
    expect(await value('wenju_generation_info{generation="g1"}')).toBeUndefined();
    expect(await value('wenju_generation_info{generation="g2"}')).toBe(1);
    expect(await value("wenju_passages")).toBe(8);
  });

  it("names routes, never what was asked for", async () => {
    const { url, text, value } = await serveMeasured();
    const paths = [
      "/api/articles/zhuzhou-zhongxin-2020",
      "/api/articles/none",
      "/a",
      "/b/c",
      "/api/d",
      "/assets/e.js",
    ];
    for (const path of paths) await fetch(url + path);
    await fetch(`${url}/api/ask?q=${encodeURIComponent(QUESTION)}`, { method: "DELETE" });
    await expect.poll(() => value('wenju_http_requests_total{route="other",status="404"}')).toBe(3);
    expect(await value('wenju_http_requests_total{route="/api/articles/:id",status="200"}')).toBe(1);
    expect(await value('wenju_http_requests_total{route="/api/articles/:id",status="404"}')).toBe(1);
    expect(await value('wenju_http_requests_total{route="/assets",status="404"}')).toBe(1);
    expect(await value('wenju_http_requests_total{route="/api/ask",status="405"}')).toBe(1);
    expect(await text()).not.toMatch(/zhuzhou|none|治愈/);
  });

  it("counts ratings, kept or not", async () => {
    const file = `${await folderWith({})}/feedback.jsonl`;
    const { url, value } = await serveMeasured({ feedback: new FeedbackLog(file, { keepDays: 0 }) });
    const body = JSON.stringify({ answerId: "a1", question: QUESTION, rating: "down" });
    const headers = { "content-type": "application/json" };
    expect((await fetch(`${url}/api/feedback`, { method: "POST", headers, body })).status).toBe(204);
    expect(await value('wenju_feedback_total{rating="down"}')).toBe(1);
    expect(await value('wenju_feedback_total{rating="up"}')).toBe(0);
  });

  it("tells how often the embedding process was replaced", async () => {
    const metrics = new ServerMetrics();
    let restarts = 0;
    metrics.watchHelpers({ embedding: () => restarts, scoring: () => restarts + 1 });
    const { value } = await serveMeasured({ metrics });
    expect(await value("wenju_embedding_restarts_total")).toBe(0);
    expect(await value("wenju_scoring_restarts_total")).toBe(1);
    restarts = 2;
    expect(await value("wenju_embedding_restarts_total")).toBe(2);
    expect(await value("wenju_embedding_restarts_total")).toBe(2);
  });

  it("brings the process's own figures where they are wanted", async () => {
    const { value } = await serveMeasured({ metrics: new ServerMetrics({ ofProcess: true }) });
    expect(await value("process_resident_memory_bytes")).toBeGreaterThan(1_000_000);
    expect(await value("nodejs_eventloop_lag_p99_seconds")).toBeTypeOf("number");
    expect(await (await serveMeasured()).value("process_resident_memory_bytes")).toBeUndefined();
  });
});

describe("a question desk", () => {
  it("shows its line", () => {
    const line = new WaitingLine();
    const desk = new QuestionDesk({ line });
    expect(desk.line.working).toBe(0);
    const received = desk.receive(undefined);
    expect(desk.line.working).toBe(1);
    return received.run(async () => undefined);
  });
});

async function serveMeasured(options: Partial<StartOptions> = {}) {
  const { url } = await serve({ metrics: new ServerMetrics(), ...options });
  const text = async () => (await fetch(`${url}/metrics`)).text();
  /** The value of one line, such as `wenju_passages`. */
  const value = async (name: string) => {
    const line = (await text()).split("\n").find((each) => each.startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.slice(name.length + 1));
  };
  return { url, text, value };
}
