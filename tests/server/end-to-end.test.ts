import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, AnswerEvent, Citation } from "../../src/answer/answer.ts";
import { readConfig } from "../../src/config.ts";
import { type OpenedChatbot, openChatbot, suggestFrom } from "../../src/open-chatbot.ts";
import { type RunningServer, startServer } from "../../src/server/start-server.ts";
import { ask } from "../support/servers/served-chatbot.ts";

const CORPUS = fileURLToPath(new URL("../../corpus", import.meta.url));
const QUESTION = "株洲支援黄冈医疗队累计治愈出院多少例患者？";

describe("five newspaper articles, served", () => {
  let indexFolder: string;
  let opened: OpenedChatbot;
  let server: RunningServer;

  beforeAll(async () => {
    indexFolder = await mkdtemp(join(tmpdir(), "wenju-"));
    opened = await openChatbot({ ...readConfig({}, {}), indexFolder });
    server = await startServer({
      chatbot: opened.chatbot,
      webFolder: readConfig({}, {}).webFolder,
      host: "127.0.0.1",
      port: 0,
    });
  });
  afterAll(async () => {
    await server.close();
    await opened.close();
    await rm(indexFolder, { recursive: true });
  });

  it("answer with the sentence, its article and its place in it", async () => {
    const answer: Answer = await (await ask(server.url, { question: QUESTION })).json();
    expect(answer).toMatchObject({ status: "answered", question: QUESTION });
    expect(answer.citations[0]).toMatchObject({ articleId: "zhuzhou-zhongxin-2020" });
    expect(answer.citations[0]!.quote).toContain("在黄冈累计治愈出院患者74例");
    for (const citation of answer.citations) await expectVerbatim(citation);
  });

  it("stream the same answer", async () => {
    const response = await ask(server.url, { question: QUESTION }, { accept: "text/event-stream" });
    const events = (await response.text())
      .match(/^data: .*$/gm)!
      .map((line): AnswerEvent => JSON.parse(line.slice(6)));
    const end = events.at(-1)!;
    if (end.type !== "answer-end") throw new Error(`The last event is ${end.type}.`);
    const cited = events.flatMap((event) => (event.type === "citation-available" ? [event.citation] : []));
    const text = events.map((event) => (event.type === "text-delta" ? event.text : "")).join("");
    expect(end.answer.citations).toEqual(cited);
    expect(end.answer.text).toBe(text);
  });

  it("begin with four questions of four articles, and answer them", async () => {
    const suggestions = await suggestFrom(opened.chatbot);
    expect(suggestions).toHaveLength(4);
    const articles = new Set<string>();
    for (const question of suggestions) {
      const { status, citations }: Answer = await (await ask(server.url, { question })).json();
      expect(status).toBe("answered");
      articles.add(citations[0]!.articleId);
    }
    expect(articles.size).toBe(4);
  });

  it("find passages for a search", async () => {
    const response = await fetch(`${server.url}/api/search?limit=3&q=${encodeURIComponent(QUESTION)}`);
    const { hits } = await response.json();
    expect(hits).toHaveLength(3);
    expect(hits[0].articleId).toBe("zhuzhou-zhongxin-2020");
  });

  it("say so when they do not answer", async () => {
    const answer: Answer = await (await ask(server.url, { question: "火星上的奥林帕斯山有多高？" })).json();
    expect(answer).toMatchObject({ status: "no-evidence", citations: [] });
  });

  /** The quote stands at its span in the article that is served, and, white space aside, in the file itself. */
  async function expectVerbatim({ articleId, span, quote }: Citation): Promise<void> {
    const response = await fetch(`${server.url}/api/articles/${encodeURIComponent(articleId)}`);
    const { text } = await response.json();
    expect(text.slice(span.start, span.end)).toBe(quote);
    const file = await readFile(`${CORPUS}/${articleId}.txt`, "utf8");
    expect(file.replace(/\s/gu, "")).toContain(quote.replace(/\s/gu, ""));
  }
});
