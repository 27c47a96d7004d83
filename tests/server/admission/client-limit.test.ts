import { describe, expect, it } from "vitest";
import type { ClientSettings } from "../../../src/server/admission/client-settings.ts";
import { parseClientSettings } from "../../../src/server/admission/client-settings.ts";
import { ask, serve } from "../../support/servers/served-chatbot.ts";

const BODY = { question: "累计治愈出院多少例患者？" };

describe("the limit of one client", () => {
  it("refuses what is too much with 429, and says when to come again", async () => {
    const { url } = await limited({ questionsPerMinute: 2 });
    expect(await statuses([ask(url, BODY), ask(url, BODY)])).toEqual([200, 200]);
    const refused = await ask(url, BODY);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect(await refused.json()).toEqual({
      error: { code: "TOO_MANY_REQUESTS", message: expect.stringContaining("太频繁") },
    });
  });

  it("counts questions and searches together, and nothing else", async () => {
    const { url } = await limited({ questionsPerMinute: 2 });
    await fetch(`${url}/api/search?q=黄冈`);
    await fetch(`${url}/api/articles`);
    expect((await ask(url, BODY)).status).toBe(200);
    expect((await fetch(`${url}/api/search?q=黄冈`)).status).toBe(429);
    for (const path of ["/api/articles", "/healthz", "/readyz"]) {
      expect((await fetch(`${url}${path}`)).status).toBe(200);
    }
  });

  it("lets everything through where it is off", async () => {
    const { url } = await limited({ questionsPerMinute: 0 });
    const asked = Array.from({ length: 20 }, () => ask(url, BODY));
    expect(new Set(await statuses(asked))).toEqual(new Set([200]));
  });

  it("takes nobody's word for who they are, unless a proxy is trusted", async () => {
    const { url } = await limited({ questionsPerMinute: 1 });
    expect(await askFrom(url, "203.0.113.1")).toBe(200);
    expect(await askFrom(url, "203.0.113.2")).toBe(429);
  });

  it("tells clients apart behind a trusted proxy, and believes no address that the client itself put in front", async () => {
    const { url } = await limited({ questionsPerMinute: 1, trustedProxies: ["loopback"] });
    expect(await askFrom(url, "203.0.113.1")).toBe(200);
    expect(await askFrom(url, "203.0.113.2")).toBe(200);
    expect(await askFrom(url, "198.51.100.7, 203.0.113.2")).toBe(429);
  });

  it("takes the addresses of one IPv6 customer for one", async () => {
    const { url } = await limited({ questionsPerMinute: 1, trustedProxies: 1 });
    expect(await askFrom(url, "2001:db8:0:1100::1")).toBe(200);
    expect(await askFrom(url, "2001:db8:0:11ff:9::2")).toBe(429);
    expect(await askFrom(url, "2001:db8:0:1200::1")).toBe(200);
  });
});

describe("parseClientSettings", () => {
  it("has room for an office behind one address, and believes no proxy, where nothing is set", () => {
    const settings = { questionsPerMinute: 300, trustedProxies: [] };
    expect(parseClientSettings({})).toEqual(settings);
    expect(parseClientSettings({ questionsPerMinute: " ", trustProxy: "" })).toEqual(settings);
  });

  it("reads a number of proxies, and their addresses", () => {
    const parse = (trustProxy: string) => parseClientSettings({ trustProxy }).trustedProxies;
    expect(parse("2")).toBe(2);
    expect(parse(" loopback, 10.0.0.0/8 ,2001:db8::/32,192.0.2.7")).toEqual([
      "loopback",
      "10.0.0.0/8",
      "2001:db8::/32",
      "192.0.2.7",
    ]);
  });

  it.each([
    "true",
    "all",
    "10.0.0.0/33",
    "10.0.0",
    "::1/129",
    "10.0.0.1/8/8",
    "loopback,",
    "100",
    "10.0.0.0/",
  ])("refuses %j as proxies", (trustProxy) => {
    expect(() => parseClientSettings({ trustProxy })).toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        message: expect.stringContaining("WENJU_TRUST_PROXY"),
      }),
    );
  });

  it.each(["-1", "1.5", "many", "1000000"])("refuses %j as a limit", (questionsPerMinute) => {
    expect(() => parseClientSettings({ questionsPerMinute })).toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        message: expect.stringContaining(questionsPerMinute),
      }),
    );
  });
});

function limited(clients: Partial<ClientSettings>) {
  return serve({ clients: { questionsPerMinute: 0, trustedProxies: [], ...clients } });
}

async function askFrom(url: string, forwardedFor: string): Promise<number> {
  return (await ask(url, BODY, { "x-forwarded-for": forwardedFor })).status;
}

async function statuses(asked: readonly Promise<Response>[]): Promise<number[]> {
  return (await Promise.all(asked)).map(({ status }) => status);
}
