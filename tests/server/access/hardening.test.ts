import { describe, expect, it } from "vitest";
import { rawGet, sendRaw } from "../../support/servers/raw-request.ts";
import { ask, chatbotThat, folderWith, HOSPITAL, serve } from "../../support/servers/served-chatbot.ts";

const PAGES = {
  "index.html": "<title>问据</title>",
  "article.html": "<title>文章</title>",
  "widget.js": "export {};",
  "assets/page.css": "body{}",
};
const JSON_BODY = { "content-type": "application/json" };
const QUESTION = JSON.stringify({ question: "治愈多少例？" });

/** One request for each kind of answer that the server gives. */
const KINDS: readonly (readonly [string, number, string, RequestInit?])[] = [
  ["a page", 200, "/"],
  ["the page of an unknown article", 404, "/articles/nobody"],
  ["a page that is not built", 404, "/demo"],
  ["a script", 200, "/widget.js"],
  ["a style sheet", 200, "/assets/page.css"],
  ["a missing asset", 404, "/assets/nothing.js"],
  ["an article", 200, `/api/articles/${HOSPITAL.id}`],
  ["the list", 200, "/api/articles"],
  ["passages", 200, "/api/search?q=%E6%B2%BB%E6%84%88"],
  ["an answer", 200, "/api/ask", { method: "POST", headers: JSON_BODY, body: QUESTION }],
  [
    "a stream",
    200,
    "/api/ask",
    { method: "POST", headers: { ...JSON_BODY, accept: "text/event-stream" }, body: QUESTION },
  ],
  ["a broken body", 400, "/api/ask", { method: "POST", headers: JSON_BODY, body: "{" }],
  [
    "another media type",
    415,
    "/api/ask",
    { method: "POST", headers: { "content-type": "text/plain" }, body: "?" },
  ],
  ["another method", 405, "/api/ask"],
  ["a refusal to another site", 403, "/api/articles", { headers: { origin: "https://evil.example" } }],
  [
    "a preflight",
    204,
    "/api/ask",
    {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    },
  ],
  ["an unknown route", 404, "/nowhere"],
  ["an address that cannot be decoded", 400, "/articles/%ff"],
  ["the state of health", 200, "/healthz"],
];

describe("every answer", () => {
  for (const [kind, status, path, init] of KINDS) {
    it(`that is ${kind} (${status}) runs nothing, is sniffed by nobody, and tells nothing of the server`, async () => {
      const { url } = await serve({ webFolder: await folderWith(PAGES) });
      const response = await fetch(url + path, init);
      await response.text();
      expect(response.status).toBe(status);
      const { headers } = response;
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toMatch(/^default-src 'none';/);
      expect(policy).toContain("require-trusted-types-for 'script';trusted-types 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("set-cookie")).toBeNull();
      expect(headers.get("server")).toBeNull();
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("access-control-allow-credentials")).toBeNull();
      if (status !== 204)
        expect(headers.get("content-type")).toMatch(/^[a-z]+\/[a-z-]+(?:; charset=utf-8)?$/);
      if (status !== 204) expect(headers.get("cache-control")).toMatch(/^no-(?:store|cache)/);
      if (path.startsWith("/api/")) expect(headers.get("vary")?.toLowerCase()).toContain("origin");
    });
  }

  it("to a request that is no HTTP is a bare 400, and the connection is closed", async () => {
    const { port } = await serve();
    for (const request of [
      "NONSENSE\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      "GET  / HTTP/1.1\r\nhost\r\n\r\n",
      rawGet("/", `x: ${"y".repeat(40_000)}\r\n`),
    ]) {
      const { status, headers, text } = await sendRaw(port, request);
      expect([400, 431, 505]).toContain(status);
      expect([...headers.keys()].filter((name) => name !== "connection")).toEqual([]);
      expect(text.split("\r\n\r\n")[1]).toBe("");
    }
  });
});

describe("a header that a client writes", () => {
  it("comes back in no answer with more than it may hold", async () => {
    const { port } = await serve();
    for (const value of [
      "evil%0d%0aset-cookie: a=b",
      "evil\tset-cookie: a=b",
      "<script>",
      "x".repeat(5_000),
    ]) {
      for (const name of [
        "origin",
        "x-request-id",
        "accept-language",
        "x-forwarded-for",
        "x-forwarded-host",
        "referer",
      ]) {
        const { headers, text } = await sendRaw(port, rawGet("/api/articles", `${name}: ${value}\r\n`));
        expect(headers.has("set-cookie"), name).toBe(false);
        expect(text, name).not.toContain(value);
      }
    }
  });

  it("leads to nowhere else: no answer is a redirection, whatever host and scheme are claimed", async () => {
    const { port } = await serve({ webFolder: await folderWith(PAGES) });
    const claims =
      "x-forwarded-host: evil.example\r\nx-forwarded-proto: https\r\nx-original-url: /api/admin\r\n";
    for (const path of [
      "//evil.example/%2e%2e",
      "/assets",
      "/articles/",
      "/api/",
      "//evil.example",
      "/.//evil.example",
    ]) {
      const { status, headers, text } = await sendRaw(port, rawGet(path, claims));
      expect(status, path).toBe(404);
      expect(headers.has("location"), path).toBe(false);
      expect(text, path).not.toContain("evil.example");
    }
  });
});

describe("two requests in one", () => {
  /** What an attacker would hide in the body of another's request. */
  const hidden = `GET /api/articles/${HOSPITAL.id} HTTP/1.1\r\nhost: localhost\r\n\r\n`;
  const post =
    "POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nconnection: close\r\n";

  it.each([
    ["a length and chunks", `content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`],
    ["chunks and a length", `transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\n${hidden}`],
    ["two lengths", `content-length: 0\r\ncontent-length: ${hidden.length}\r\n\r\n${hidden}`],
    ["a list of lengths", `content-length: 0, ${hidden.length}\r\n\r\n${hidden}`],
    ["a length with a sign", `content-length: +${hidden.length}\r\n\r\n${hidden}`],
    ["a length in hexadecimal", `content-length: 0x0\r\n\r\n${hidden}`],
    [
      "a space before the colon",
      `transfer-encoding : chunked\r\ncontent-length: 0\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    ["an encoding nobody knows", `transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`],
    [
      "chunked said twice",
      `transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    ["a folded header", `transfer-encoding:\r\n chunked\r\ncontent-length: 0\r\n\r\n0\r\n\r\n${hidden}`],
    ["lines that end with LF alone", `transfer-encoding: chunked\n\n0\n\n${hidden}`],
    ["a chunk longer than it says", `transfer-encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n${hidden}`],
    ["a null byte in a header", `x: a\0b\r\ncontent-length: 0\r\n\r\n${hidden}`],
  ])("are not two to the server: %s", async (_trick, rest) => {
    const { port } = await serve();
    const { text } = await sendRaw(port, post + rest);
    expect(text.match(/^HTTP\/1\.1 /gmu)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(text).not.toContain(HOSPITAL.title);
  });
});

describe("a body that is made to harm", () => {
  it.each([
    [
      "names the prototype",
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"question":"治愈多少例？"}',
      200,
    ],
    [
      "names it in the history",
      '{"question":"问","history":[{"role":"user","content":"a","__proto__":{"polluted":1}}]}',
      200,
    ],
    ["is nested as deep as it is long", `${"[".repeat(8_000)}${"]".repeat(8_000)}`, 400],
    ["nests the question", `{"question":${'{"a":'.repeat(2_000)}1${"}".repeat(2_000)}}`, 400],
    [
      "has a thousand turns",
      JSON.stringify({ question: "问", history: Array(500).fill({ role: "user", content: "" }) }),
      400,
    ],
    ["repeats a key", '{"question":"","question":"治愈多少例？"}', 200],
    ["holds an endless number", '{"question":1e999999}', 400],
  ])("and %s is answered like any other", async (_harm, body, status) => {
    const { url } = await serve({ chatbot: chatbotThat() });
    const response = await ask(url, body);
    expect(response.status).toBe(status);
    expect("polluted" in {}).toBe(false);
  });

  it.each(["gzip", "br", "deflate", "zstd", "gzip, identity", "x-bomb"])(
    "and is compressed with %s is not unpacked",
    async (encoding) => {
      const { url } = await serve();
      const response = await ask(url, QUESTION, { "content-encoding": encoding });
      expect(response.status).toBe(415);
    },
  );

  it("does not pollute by its query either", async () => {
    const { url } = await serve();
    const response = await fetch(
      `${url}/api/search?__proto__[polluted]=1&constructor[prototype][polluted]=1&q=%E6%B2%BB%E6%84%88`,
    );
    expect(response.status).toBe(200);
    expect("polluted" in {}).toBe(false);
  });
});
