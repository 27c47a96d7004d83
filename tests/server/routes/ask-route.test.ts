import { describe, expect, it } from "vitest";
import { WenjuError } from "../../../src/errors.ts";
import { ask, chatbotThat, quotedAnswer, serve } from "../../support/servers/served-chatbot.ts";

const QUESTION = "累计治愈出院多少例患者？";

describe("POST /api/ask", () => {
  it("answers in JSON, with the quote and its place", async () => {
    const { url } = await serve();
    const response = await ask(url, { question: QUESTION });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.json()).toEqual(quotedAnswer(QUESTION));
  });

  it("trims the question and passes the conversation on", async () => {
    const asked: string[] = [];
    const chatbot = chatbotThat(async function* (question) {
      asked.push(question);
      yield { type: "answer-end", answer: quotedAnswer(question) };
    });
    const { url } = await serve({ chatbot });
    await ask(url, {
      question: "  它呢？\n",
      history: [{ role: "user", content: "株洲市中心医院在哪里？" }],
    });
    expect(asked).toEqual(["株洲市中心医院在哪里？ 它呢？"]);
  });

  it.each([
    ["no body", "", 400, "REQUEST_INVALID"],
    ["malformed JSON", '{"question":', 400, "REQUEST_INVALID"],
    ["a list", [], 400, "REQUEST_INVALID"],
    ["null", null, 400, "REQUEST_INVALID"],
    ["no question", {}, 400, "REQUEST_INVALID"],
    ["a number for a question", { question: 7 }, 400, "REQUEST_INVALID"],
    ["an empty question", { question: "" }, 400, "REQUEST_INVALID"],
    ["a question of white space", { question: " \n　" }, 400, "REQUEST_INVALID"],
    ["a question of 501 characters", { question: "问".repeat(501) }, 400, "REQUEST_INVALID"],
    ["half a character", '{"question":"\\ud842"}', 400, "REQUEST_INVALID"],
    ["a history that is no list", { question: "问", history: "它" }, 400, "REQUEST_INVALID"],
    [
      "an unknown role",
      { question: "问", history: [{ role: "system", content: "" }] },
      400,
      "REQUEST_INVALID",
    ],
    [
      "21 turns",
      { question: "问", history: Array(21).fill({ role: "user", content: "问" }) },
      400,
      "REQUEST_INVALID",
    ],
    [
      "a turn of 2,001 characters",
      { question: "问", history: [{ role: "user", content: "问".repeat(2_001) }] },
      400,
      "REQUEST_INVALID",
    ],
    ["a body over 16 KB", { question: "问", filler: "x".repeat(16_384) }, 413, "REQUEST_TOO_LARGE"],
  ])("refuses %s", async (_name, body, status, code) => {
    const { url } = await serve();
    const response = await ask(url, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: { code, message: expect.stringMatching(/[一-龥]/) } });
  });

  it("counts characters, not code units: 500 of 𠮷 are a question", async () => {
    const { url } = await serve();
    expect((await ask(url, { question: "𠮷".repeat(500) })).status).toBe(200);
    expect((await ask(url, { question: "𠮷".repeat(501) })).status).toBe(400);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])(
    "refuses %s",
    async (type) => {
      const { url } = await serve();
      const response = await ask(url, { question: QUESTION }, { "content-type": type });
      expect(response.status).toBe(415);
    },
  );

  it("refuses bytes that are not UTF-8", async () => {
    const { url } = await serve();
    const body = new Uint8Array([...new TextEncoder().encode('{"question":"'), 0xd6, 0xea, 0x22, 0x7d]);
    const headers = { "content-type": "application/json" };
    expect((await fetch(`${url}/api/ask`, { method: "POST", headers, body })).status).toBe(400);
  });

  it("says what is wrong in the reader's language", async () => {
    const { url } = await serve();
    const message = async (language: string) => {
      const response = await ask(url, { question: "" }, { "accept-language": language });
      return (await response.json()).error.message;
    };
    expect(await message("zh-CN,zh;q=0.9,en;q=0.8")).toContain("问题是空的");
    expect(await message("en-GB,en;q=0.9")).toContain("The question is empty");
    expect(await message("fr")).toContain("The question is empty");
  });

  it("keeps to itself what failed inside, and tells its owner", async () => {
    const failures: unknown[] = [];
    const secret = new Error("EIO: /home/editor/index/passages.bin");
    const chatbot = chatbotThat(async function* () {
      yield* [];
      throw secret;
    });
    const { url } = await serve({ chatbot, onFailure: (error) => failures.push(error) });
    const response = await ask(url, { question: QUESTION });
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(JSON.parse(body).error.code).toBe("INTERNAL");
    expect(body).not.toContain("editor");
    expect(failures).toEqual([secret]);
  });

  it("answers 503 when the embedding model is gone", async () => {
    const retriever = {
      retrieve: () => Promise.reject(new WenjuError("EMBEDDING_FAILED", "worker 7 died")),
    };
    const { url } = await serve({ chatbot: chatbotThat(undefined, retriever) });
    const response = await ask(url, { question: QUESTION });
    expect(response.status).toBe(503);
    expect((await response.json()).error.code).toBe("EMBEDDING_FAILED");
  });

  it("names the method it takes", async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/ask`);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  });
});
