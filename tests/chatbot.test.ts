import { describe, expect, it } from "vitest";
import type { Answer, AnswerEvent } from "../src/answer/answer.ts";
import { Chatbot, type ChatbotParts, collectAnswer } from "../src/chatbot.ts";
import type { ChatTurn } from "../src/question/chat-turn.ts";
import { article } from "./support/builders.ts";
import { finding } from "./support/indexes/finding-retriever.ts";
import { eventsOf, quotedAnswer } from "./support/servers/scripted-chatbot.ts";

const MUSEUM = article({ id: "museum", title: "博物馆", text: "澄江市博物馆建于1958年。" });
const HISTORY: readonly ChatTurn[] = [
  { role: "user", content: "澄江市博物馆在哪里？" },
  { role: "assistant", content: "在白鹭河畔。" },
];

describe("Chatbot.ask", () => {
  it("resolves the follow-up, rephrases it, retrieves for that and composes from what was found", async () => {
    const { chatbot, calls } = recordingChatbot();
    await collectAnswer(chatbot.ask("它建于哪一年？", { history: HISTORY }));
    expect(calls).toEqual([
      ["resolve", "它建于哪一年？", HISTORY],
      ["rephrase", "澄江市博物馆建于哪一年？"],
      ["retrieve", "澄江市博物馆建于何年？"],
      ["compose", "澄江市博物馆建于何年？", ["museum#1"]],
    ]);
  });

  it("gives the composer's events, and the question as it was asked", async () => {
    const { chatbot } = recordingChatbot();
    const events: AnswerEvent[] = [];
    for await (const event of chatbot.ask("它建于哪一年？")) events.push(event);
    expect(events.map(({ type }) => type)).toEqual(["citation-available", "text-delta", "answer-end"]);
    expect(events.at(-1)).toMatchObject({ answer: { question: "它建于哪一年？", status: "answered" } });
  });

  it("asks as it is what nobody rephrases", async () => {
    const { chatbot, calls } = recordingChatbot({ rephrase: undefined });
    await collectAnswer(chatbot.ask("它建于哪一年？"));
    expect(calls).toContainEqual(["retrieve", "澄江市博物馆建于哪一年？"]);
    expect(calls[0]).toEqual(["resolve", "它建于哪一年？", []]);
  });

  it("hands its signal to all that take time", async () => {
    const { chatbot, signals } = recordingChatbot();
    const { signal } = new AbortController();
    await collectAnswer(chatbot.ask("它建于哪一年？", { signal }));
    expect(signals).toEqual([signal, signal, signal]);
  });

  it("does nothing before its first event is asked for", () => {
    const { chatbot, calls } = recordingChatbot();
    chatbot.ask("它建于哪一年？");
    expect(calls).toEqual([]);
  });
});

describe("Chatbot.search", () => {
  it("finds what an answer would be made from, as much as is wanted", async () => {
    const { chatbot, calls, limits } = recordingChatbot();
    const hits = await chatbot.search("它建于哪一年？", { history: HISTORY, limit: 3 });
    expect(hits.map(({ passage }) => passage.id)).toEqual(["museum#1"]);
    expect(limits).toEqual([3]);
    expect(calls.map(([step]) => step)).toEqual(["resolve", "rephrase", "retrieve"]);
  });
});

it("knows its articles", () => {
  expect(recordingChatbot().chatbot.articles.get("museum")).toBe(MUSEUM);
});

describe("collectAnswer", () => {
  const answer: Answer = quotedAnswer("建于哪一年？", [
    { article: MUSEUM, quote: "澄江市博物馆建于1958年。" },
  ]);

  it("gives the answer that a stream ends with", async () => {
    expect(await collectAnswer(eventsOf(answer))).toBe(answer);
  });

  it("rejects a stream that ends without one, and what the stream rejects with", async () => {
    await expect(collectAnswer(eventsUntil(answer))).rejects.toThrow(TypeError);
    await expect(collectAnswer(eventsUntil(answer, new Error("断了")))).rejects.toThrow("断了");
  });
});

type Call = readonly unknown[];

/** A chatbot that finds one passage and quotes it, and what each of its parts was asked, in order. */
function recordingChatbot(parts: Partial<ChatbotParts> = {}) {
  const calls: Call[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const limits: (number | undefined)[] = [];
  const chatbot = new Chatbot({
    articles: new Map([[MUSEUM.id, MUSEUM]]),
    resolveFollowUp: (question, history) => {
      calls.push(["resolve", question, history]);
      return question.replace("它", "澄江市博物馆");
    },
    rephrase: async (question, { signal }) => {
      calls.push(["rephrase", question]);
      signals.push(signal);
      return question.replace("哪一年", "何年");
    },
    retriever: finding((question, { limit, signal }) => {
      calls.push(["retrieve", question]);
      limits.push(limit);
      signals.push(signal);
      return { "museum#1": 1 };
    }),
    composer: {
      compose: (question, hits, { signal } = {}) => {
        calls.push(["compose", question, hits.map(({ passage }) => passage.id)]);
        signals.push(signal);
        return eventsOf(quotedAnswer(question, [{ article: MUSEUM, quote: MUSEUM.text }]));
      },
    },
    ...parts,
  });
  return { chatbot, calls, signals, limits };
}

async function* eventsUntil(answer: Answer, error?: Error): AsyncGenerator<AnswerEvent> {
  for await (const event of eventsOf(answer)) if (event.type !== "answer-end") yield event;
  if (error) throw error;
}
