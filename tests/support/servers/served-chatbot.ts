import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Answer, AnswerEvent } from "../../../src/answer/answer.ts";
import type { ComposeOptions } from "../../../src/answer/answer-composer.ts";
import { Chatbot } from "../../../src/chatbot.ts";
import type { Article } from "../../../src/corpus/article.ts";
import type { Retriever } from "../../../src/retrieve/retriever.ts";
import { type RunningServer, type StartOptions, startServer } from "../../../src/server/start-server.ts";
import { article, passage } from "../builders.ts";

export const HOSPITAL = article({
  id: "zhuzhou-zhongxin-2020",
  title: "一颗红心向党",
  source: "株洲日报",
  text: "刘毅带领74名白衣战士奋战53天。在黄冈累计治愈出院患者74例。",
});

const NESTED = article({
  id: "2024-十堰-中西医",
  title: "十堰",
  source: "十堰晚报",
  text: "十堰\n医院建于1965年。",
  headings: [{ span: { start: 0, end: 2 }, level: 0 }],
});

/** Finds the first article's passage, whatever is asked: the tests here are about the faces, not about finding. */
const findFirst: Retriever = {
  retrieve: async (_question, { limit = 10 } = {}) => {
    const hit = {
      passage: passage({ articleId: HOSPITAL.id, title: HOSPITAL.title, text: HOSPITAL.text }),
      score: 0.8,
      ranks: { keyword: 1 },
    };
    return [hit].slice(0, limit);
  },
};

export type Compose = (question: string, options: ComposeOptions) => AsyncIterable<AnswerEvent>;

/** A chatbot over two articles whose answers come from `compose`. */
export function chatbotThat(compose: Compose = composeQuote, retriever: Retriever = findFirst): Chatbot {
  const articles = new Map<string, Article>([HOSPITAL, NESTED].map((each) => [each.id, each]));
  return new Chatbot({
    articles,
    retriever,
    composer: { compose: (question, _hits, options = {}) => compose(question, options) },
    resolveFollowUp: (question, history) => [...history.map(({ content }) => content), question].join(" "),
  });
}

/** Answers with the second sentence of the first article. */
export async function* composeQuote(question: string): AsyncGenerator<AnswerEvent> {
  const answer = quotedAnswer(question);
  for (const citation of answer.citations) yield { type: "citation-available", citation };
  yield { type: "text-delta", text: answer.text };
  yield { type: "answer-end", answer };
}

export function quotedAnswer(question: string): Answer {
  const span = { start: 17, end: HOSPITAL.text.length };
  const quote = HOSPITAL.text.slice(span.start, span.end);
  const { id: articleId, title } = HOSPITAL;
  const citation = { marker: 1, passageId: `${articleId}#0-32`, articleId, title, span, quote, score: 0.9 };
  const text = `“${quote}”[1]`;
  return {
    id: "a1",
    question,
    status: "answered",
    text,
    citations: [citation],
    related: [],
    mode: "extractive",
  };
}

/** Starts a server on a free port for one test. */
export async function serve(options: Partial<StartOptions> = {}): Promise<RunningServer> {
  const server = await startServer({
    chatbot: chatbotThat(),
    webFolder: "/nonexistent",
    host: "127.0.0.1",
    port: 0,
    ...options,
  });
  onTestFinished(() => server.close());
  return server;
}

/** A folder for one test, with these files in it. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "wenju-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

export function ask(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/ask`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
