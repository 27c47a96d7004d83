import type { ChildProcess } from "node:child_process";
import diagnostics from "node:diagnostics_channel";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Answer } from "../src/answer/answer.ts";
import { assembleChatbot, openFinder } from "../src/assemble-chatbot.ts";
import { type Chatbot, collectAnswer } from "../src/chatbot.ts";
import { type InventedIndex, openInventedIndex } from "./support/indexes/invented-index.ts";

const QUESTION = "澄江市博物馆建于哪一年？";

describe("an answer by words alone", () => {
  let invented: InventedIndex;
  let chatbot: Chatbot;
  const workers: ChildProcess[] = [];
  const onStart = (message: unknown) => workers.push((message as { process: ChildProcess }).process);
  const worker = () => workers.at(-1)!;

  beforeAll(async () => {
    diagnostics.subscribe("child_process", onStart);
    invented = await openInventedIndex();
    chatbot = await assembleChatbot(await openFinder(invented.index, invented.model), 0);
  });
  afterAll(async () => {
    diagnostics.unsubscribe("child_process", onStart);
    worker().kill("SIGCONT");
    await invented.close();
  });

  it("is what an asker with patience gets from a model that hangs: quotes as ever, and it says so", async () => {
    worker().kill("SIGSTOP");
    const answer = await ask(100);
    expect(answer).toMatchObject({ status: "answered", searchedBy: "words" });
    expect(answer.text).toContain("1958年");
    for (const { articleId, span, quote } of answer.citations) {
      expect(invented.index.articles.get(articleId)!.text.slice(span.start, span.end)).toBe(quote);
    }
    const hits = await chatbot.search(QUESTION, { patienceMs: 100 });
    expect(hits.length).toBeGreaterThan(0);
    for (const { ranks } of hits) expect(ranks).not.toHaveProperty("vector");
  });

  it("is given only as long as the model is away", async () => {
    worker().kill("SIGSTOP");
    expect((await ask(100)).searchedBy).toBe("words");
    worker().kill("SIGCONT");
    await vi.waitFor(async () => expect(await ask(5_000)).not.toHaveProperty("searchedBy"), 10_000);
    const hits = await chatbot.search(QUESTION, { patienceMs: 5_000 });
    expect(hits.some(({ ranks }) => "vector" in ranks)).toBe(true);
  });

  it("needs no patience where the process was killed: another one is there in time", async () => {
    worker().kill("SIGKILL");
    expect(await ask(15_000)).not.toHaveProperty("searchedBy");
  });

  it("is not what an asker gets who has named no patience", async () => {
    worker().kill("SIGSTOP");
    const stopped = worker();
    setTimeout(() => stopped.kill("SIGCONT"), 300);
    expect(await collectAnswer(chatbot.ask(QUESTION))).not.toHaveProperty("searchedBy");
  });

  function ask(patienceMs: number): Promise<Answer> {
    return collectAnswer(chatbot.ask(QUESTION, { patienceMs }));
  }
});
