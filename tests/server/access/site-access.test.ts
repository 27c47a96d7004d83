import { request as sendRequest } from "node:http";
import { describe, expect, it } from "vitest";
import type { SiteAccess } from "../../../src/server/access/site-access.ts";
import { ask, chatbotThat, HOSPITAL, serve } from "../../support/servers/served-chatbot.ts";

const SITE = "https://www.example.org";
const KEYED = "https://keyed.example.org";
const STRANGER = "https://stranger.example";
const SITES: SiteAccess = { origins: new Set([SITE, KEYED]), keys: new Map([[KEYED, "pk-site-1"]]) };

const PREFLIGHT = {
  "access-control-request-method": "POST",
  "access-control-request-headers": "accept-language,content-type,x-wenju-key",
};

describe("a listed site", () => {
  it("may ask and read, and is told so by name", async () => {
    const { url } = await serve({ sites: SITES });
    for (const response of [
      await ask(url, { question: "治愈多少例？" }, { origin: SITE }),
      await ask(url, { question: "治愈多少例？" }, { origin: SITE, accept: "text/event-stream" }),
      await fetch(`${url}/api/articles`, { headers: { origin: SITE } }),
    ]) {
      expect(response.status).toBe(200);
      expect(response.headers.get("access-control-allow-origin")).toBe(SITE);
      expect(response.headers.get("access-control-allow-credentials")).toBeNull();
      expect(varyOf(response)).toContain("origin");
      await response.text();
    }
  });

  it("gets permission for what the widget sends before it sends it", async () => {
    const { url } = await serve({ sites: SITES });
    const response = await fetch(`${url}/api/ask`, {
      method: "OPTIONS",
      headers: { origin: SITE, ...PREFLIGHT },
    });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": SITE,
      "access-control-allow-methods": "GET, HEAD, POST",
      "access-control-allow-headers": "content-type, accept, accept-language, x-wenju-key",
    });
    expect(varyOf(response)).toContain("origin");
  });

  it("can read why a request failed", async () => {
    const { url } = await serve({ sites: SITES });
    const response = await ask(url, { question: "" }, { origin: SITE });
    expect(response.status).toBe(400);
    expect(response.headers.get("access-control-allow-origin")).toBe(SITE);
    expect(varyOf(response)).toEqual(expect.arrayContaining(["origin", "accept-language"]));
  });
});

describe("a site that is not listed", () => {
  it.each([
    STRANGER,
    "null",
    `${SITE}.stranger.example`,
    `${SITE}:8443`,
    SITE.replace("https", "http"),
    SITE.toUpperCase(),
    `${SITE}, ${STRANGER}`,
    "",
  ])("%j is refused before any work is done for it", async (origin) => {
    let asked = 0;
    const chatbot = chatbotThat(() => {
      asked += 1;
      throw new Error("Nobody may get here.");
    });
    const { url } = await serve({ sites: SITES, chatbot });
    for (const path of ["/api/ask", "/api/articles", "/api/search?q=治愈", "/api/nothing"]) {
      const isAsk = path === "/api/ask";
      const response = isAsk
        ? await ask(url, { question: "治愈多少例？" }, { origin })
        : await fetch(url + path, { headers: { origin } });
      expect(response.status, path).toBe(403);
      expect(response.headers.get("access-control-allow-origin"), path).toBe("*");
      expect(response.headers.get("access-control-allow-credentials"), path).toBeNull();
      expect(varyOf(response), path).toContain("origin");
      expect(await response.json(), path).toEqual({
        error: { code: "FORBIDDEN", message: expect.stringContaining("WENJU_ALLOWED_ORIGINS") },
      });
    }
    expect(asked).toBe(0);
  });

  it("may send what the widget sends, only so that it can read the refusal", async () => {
    const { url } = await serve({ sites: SITES });
    const headers = { origin: STRANGER, ...PREFLIGHT };
    const response = await fetch(`${url}/api/ask`, { method: "OPTIONS", headers });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    expect(await response.text()).toBe("");
  });

  it("learns from no refusal what is there: an article, a typing error and a wrong key look alike", async () => {
    const { url } = await serve({ sites: SITES });
    const answers = await Promise.all([
      fetch(`${url}/api/articles/${HOSPITAL.id}`, { headers: { origin: STRANGER } }),
      fetch(`${url}/api/articles/nobody`, { headers: { origin: STRANGER } }),
      ask(url, { question: "治愈多少例？" }, { origin: STRANGER, "x-wenju-key": "pk-site-1" }),
      ask(url, "{", { origin: STRANGER }),
    ]);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(new Set(bodies).size).toBe(1);
  });

  it.each([
    ["zh-CN", "这个网站没有获准使用本服务。请服务的管理员把网站的来源加入 WENJU_ALLOWED_ORIGINS。"],
    [
      "en",
      "This site may not use this server. Ask its operator to add the site's origin to WENJU_ALLOWED_ORIGINS.",
    ],
  ])("is told why, in %s", async (language, message) => {
    const { url } = await serve();
    const headers = { origin: STRANGER, "accept-language": language };
    const response = await fetch(`${url}/api/articles`, { headers });
    expect(await response.json()).toEqual({ error: { code: "FORBIDDEN", message } });
  });
});

describe("the server's own pages, and programs", () => {
  it("ask without being listed", async () => {
    const { url } = await serve();
    expect((await ask(url, { question: "治愈多少例？" }, { origin: url })).status).toBe(200);
    expect((await ask(url, { question: "治愈多少例？" })).status).toBe(200);
  });

  it("are known behind a proxy that names another host, by what browsers say of them", async () => {
    const clients = { questionsPerMinute: 0, trustedProxies: ["loopback"] };
    const { port } = await serve({ clients });
    const headers = { host: `127.0.0.1:${port}`, origin: "https://wenju.example.org" };
    expect(await statusOf(port, { ...headers, "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await statusOf(port, { ...headers, "sec-fetch-site": "same-site" })).toBe(403);
    expect(await statusOf(port, headers)).toBe(403);
    expect(await statusOf(port, { host: "wenju.example.org", origin: "https://wenju.example.org" })).toBe(
      200,
    );
  });

  it("are not told of other sites", async () => {
    const { url } = await serve({ sites: SITES });
    const response = await fetch(`${url}/api/articles`, { headers: { origin: url } });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(varyOf(response)).toContain("origin");
  });
});

describe("a site with a key", () => {
  it.each([undefined, "", "pk-site-2", "pk-site-", "PK-SITE-1", "pk-site-11"])(
    "is refused with the key %j, and can read why",
    async (key) => {
      const { url } = await serve({ sites: SITES });
      const response = await ask(
        url,
        { question: "治愈多少例？" },
        {
          origin: KEYED,
          ...(key === undefined ? {} : { "x-wenju-key": key }),
        },
      );
      expect(response.status).toBe(403);
      expect(response.headers.get("access-control-allow-origin")).toBe(KEYED);
      expect((await response.json()).error).toEqual({
        code: "FORBIDDEN",
        message: "缺少这个网站的密钥，或者密钥不对。请检查 x-wenju-key（组件的 api-key）。",
      });
    },
  );

  it("may ask with it, and needs none to ask for permission", async () => {
    const { url } = await serve({ sites: SITES });
    const headers = { origin: KEYED, "x-wenju-key": "pk-site-1" };
    expect((await ask(url, { question: "治愈多少例？" }, headers)).status).toBe(200);
    const preflight = { method: "OPTIONS", headers: { origin: KEYED, ...PREFLIGHT } };
    expect((await fetch(`${url}/api/ask`, preflight)).status).toBe(204);
  });
});

function varyOf(response: Response): string[] {
  return (response.headers.get("vary") ?? "").split(/,\s*/).map((name) => name.toLowerCase());
}

/** `fetch` sets the host and knows which origins are its own; a plain request says what it is told. */
function statusOf(port: number, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = sendRequest({ host: "127.0.0.1", port, path: "/api/articles", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on("error", reject);
    request.end();
  });
}
