import { describe, expect, it } from "vitest";
import { parseAdminToken } from "../../../src/server/admin/parse-admin-token.ts";
import { administered, codeOf, TOKEN } from "../../support/servers/administered.ts";
import { serve } from "../../support/servers/served-chatbot.ts";

const FILES = { "a.txt": "甲\n\n甲的第一句。\n", "b.txt": "乙\n\n乙的第一句。\n" };
const ROUTES = [
  ["GET", "/articles"],
  ["POST", "/articles?name=c.txt"],
  ["DELETE", "/articles/a"],
  ["POST", "/reindex"],
  ["GET", "/status"],
] as const;

describe("without a token in the settings", () => {
  it.each(ROUTES)("there is no %s /api/admin%s", async (method, path) => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(response.status).toBe(404);
    expect(await codeOf(response)).toBe("NOT_FOUND");
  });

  it("there is no page", async () => {
    const { url } = await serve();
    expect((await fetch(`${url}/admin`)).status).toBe(404);
  });
});

describe("without the token in the request", () => {
  it.each(ROUTES)("%s /api/admin%s answers 401 and does nothing", async (method, path) => {
    const { server, reindexing } = await administered(FILES);
    for (const authorization of [undefined, "Bearer", `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN}x`]) {
      const response = await fetch(`${server.url}/api/admin${path}`, {
        method,
        headers: { ...(authorization !== undefined && { authorization }) },
      });
      expect(response.status, authorization).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await codeOf(response)).toBe("UNAUTHORIZED");
    }
    expect(reindexing.requests).toBe(0);
  });

  it("no byte of a body is read for it", async () => {
    const { server } = await administered(FILES);
    const response = await fetch(`${server.url}/api/admin/articles?name=c.txt`, {
      method: "POST",
      headers: { "content-type": "text/plain", "content-length": "2000000" },
      body: "字".repeat(600_000),
    }).catch(() => undefined);
    expect(response?.status ?? 401).toBe(401);
  });

  it("the token in the address, in a cookie or in another header opens nothing", async () => {
    const { server } = await administered(FILES);
    const response = await fetch(`${server.url}/api/admin/status?token=${TOKEN}&access_token=${TOKEN}`, {
      headers: { cookie: `token=${TOKEN}`, "x-api-key": TOKEN, "x-wenju-key": TOKEN },
    });
    expect(response.status).toBe(401);
  });
});

describe("with the token", () => {
  it.each(["Bearer", "bearer", "BEARER"])("in any writing of %s, the status is told", async (scheme) => {
    const { send } = await administered(FILES);
    const response = await send("/status", { headers: { authorization: `${scheme} ${TOKEN}` } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ state: "current", articles: 2 });
  });

  it("ten wrong ones from an address shut it out for a while, the right one included; a request without one does not count", async () => {
    const { server, send } = await administered(FILES);
    for (let i = 0; i < 15; i++) expect((await fetch(`${server.url}/api/admin/status`)).status).toBe(401);
    expect((await send("/status")).status).toBe(200);
    const wrong = { headers: { authorization: "Bearer this-is-not-the-token" } };
    for (let i = 0; i < 10; i++) expect((await send("/status", wrong)).status).toBe(401);
    for (const init of [wrong, {}]) {
      const response = await send("/status", init);
      expect(response.status).toBe(429);
      expect(response.headers.get("retry-after")).toBe("60");
      expect(await codeOf(response)).toBe("TOO_MANY_REQUESTS");
    }
  });

  it("pages of other sites are refused, listed ones too", async () => {
    const origin = "https://www.example.org";
    const { send } = await administered(FILES, { sites: { origins: new Set([origin]), keys: new Map() } });
    const response = await send("/status", { headers: { origin } });
    expect(response.status).toBe(403);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(await codeOf(response)).toBe("FORBIDDEN");
    const preflight = await send("/status", {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "DELETE" },
    });
    expect(preflight.status).toBe(403);
    expect((await send("/status", { headers: { origin: "null" } })).status).toBe(403);
  });

  it("a wrong method names the right ones, and what is not there is not there", async () => {
    const { send } = await administered(FILES);
    const wrong = await send("/articles/a", { method: "PUT" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "DELETE"]);
    expect((await send("/reindex")).status).toBe(405);
    expect((await send("/nothing")).status).toBe(404);
  });
});

describe("the token in the settings", () => {
  it("is taken as it is, and its absence means that there is none", () => {
    expect(parseAdminToken("0123456789abcdef")).toBe("0123456789abcdef");
    expect(parseAdminToken("")).toBeUndefined();
    expect(parseAdminToken(undefined)).toBeUndefined();
  });

  it.each([
    ["short", "0123456789abcde"],
    ["with a space", "0123456789 abcdef"],
    ["with Chinese in it", "一二三四五六七八九十一二三四五六七"],
    ["with a line break", "0123456789abcdef\n"],
    ["longer than a header may be", "x".repeat(513)],
  ])("is refused when it is %s, without being repeated", (_what, token) => {
    let message = "";
    try {
      parseAdminToken(token);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain("WENJU_ADMIN_TOKEN");
    expect(message).not.toContain(token.trim());
  });
});
