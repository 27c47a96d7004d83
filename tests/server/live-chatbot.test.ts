import { describe, expect, it } from "vitest";
import type { AnswerEvent } from "../../src/answer/answer.ts";
import { LiveChatbot } from "../../src/live-chatbot.ts";
import { deferred } from "../support/deferred.ts";
import { ask, chatbotThat, composeQuote, quotedAnswer, serve } from "../support/servers/served-chatbot.ts";

const OLD = { suggestions: ["旧的问题？"], generation: "20261122T061500123-aaaaaa" };
const NEW = { suggestions: ["新的问题？"], generation: "20261122T061500456-bbbbbb" };

describe("a chatbot whose edition is replaced", () => {
  it("answers what comes after it from the new one, and says from which", async () => {
    const live = new LiveChatbot({ chatbot: chatbotThat(), ...OLD });
    const { url } = await serve({ chatbot: live });
    expect((await ask(url, { question: "救治了多少人？" })).headers.get("wenju-generation")).toBe(
      OLD.generation,
    );
    expect(await suggestionsOf(url)).toEqual(OLD.suggestions);
    live.replace({ chatbot: chatbotThat(sayNothing), ...NEW });
    const response = await ask(url, { question: "救治了多少人？" });
    expect(response.headers.get("wenju-generation")).toBe(NEW.generation);
    expect(await response.json()).toMatchObject({ status: "no-evidence" });
    expect(await suggestionsOf(url)).toEqual(NEW.suggestions);
    const stream = await ask(url, { question: "救治了多少人？" }, { accept: "text/event-stream" });
    expect(stream.headers.get("wenju-generation")).toBe(NEW.generation);
    expect(await stream.text()).toContain("no-evidence");
  });

  it("finishes on the old one what began there", async () => {
    const begun = deferred();
    const goOn = deferred();
    const slow = async function* (question: string): AsyncGenerator<AnswerEvent> {
      begun.resolve();
      await goOn.promise;
      yield* composeQuote(question);
    };
    const live = new LiveChatbot({ chatbot: chatbotThat(slow), ...OLD });
    const { url } = await serve({ chatbot: live });
    const asked = ask(url, { question: "救治了多少人？" });
    await begun.promise;
    live.replace({ chatbot: chatbotThat(sayNothing), ...NEW });
    goOn.resolve();
    const response = await asked;
    expect(response.headers.get("wenju-generation")).toBe(OLD.generation);
    expect(await response.json()).toMatchObject({ status: "answered" });
  });
});

async function suggestionsOf(url: string): Promise<string[]> {
  return (await (await fetch(`${url}/api/articles`)).json()).suggestions;
}

async function* sayNothing(question: string): AsyncGenerator<AnswerEvent> {
  yield {
    type: "answer-end",
    answer: { ...quotedAnswer(question), status: "no-evidence", text: "没有找到。", citations: [] },
  };
}
