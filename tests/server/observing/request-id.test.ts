import { describe, expect, it } from "vitest";
import { collectedLog } from "../../support/collected-log.ts";
import { ask, serve } from "../../support/servers/served-chatbot.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("the id of a request", () => {
  it.each([
    ["GET", "/healthz", 200],
    ["GET", "/api/articles", 200],
    ["HEAD", "/api/articles", 200],
    ["GET", "/api/nothing", 404],
    ["DELETE", "/api/ask", 405],
    ["GET", "/api/articles/%E0%A4%A", 400],
    ["GET", "/", 404],
  ])("stands on the answer to %s %s", async (method, path, status) => {
    const { url } = await serve();
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get("x-request-id")).toMatch(UUID);
  });

  it("stands on answers, streams, refusals and failures, and each has another", async () => {
    const { url } = await serve();
    const responses = [
      await ask(url, { question: "治愈多少例？" }),
      await ask(url, { question: "治愈多少例？" }, { accept: "text/event-stream" }),
      await ask(url, "{"),
      await ask(url, { question: "好".repeat(20_000) }),
      await ask(url, { question: "治愈多少例？" }, { origin: "https://else.example" }),
    ];
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 400, 413, 403]);
    const ids = responses.map(({ headers }) => headers.get("x-request-id"));
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(["abcd1234", "a_b-C".repeat(12), "0af7651916cd43dd8448eb211c80319c"])(
    "is the client's own where that is well-formed: %s",
    async (id) => {
      const { log, lines } = collectedLog();
      const { url } = await serve({ log });
      const response = await fetch(`${url}/api/articles`, { headers: { "x-request-id": id } });
      expect(response.headers.get("x-request-id")).toBe(id);
      await expect.poll(() => lines.map(({ id }) => id)).toEqual([id]);
    },
  );

  it.each([
    "short",
    "a".repeat(65),
    "with space",
    'quote"quote',
    "../../etc/passwd",
    "abcdefgh,ijklmnop",
    "",
  ])("is a new one where the client's is not well-formed: %j", async (id) => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/articles`, { headers: { "x-request-id": id } });
    expect(response.headers.get("x-request-id")).toMatch(UUID);
  });

  it("can be read by the pages of sites that may ask", async () => {
    const origin = "https://www.example.org";
    const { url } = await serve({ sites: { origins: new Set([origin]), keys: new Map() } });
    const { headers } = await ask(url, { question: "治愈多少例？" }, { origin });
    expect(headers.get("access-control-expose-headers")).toBe("x-request-id");
  });
});
