import { describe, expect, it } from "vitest";
import { rawGet, sendRaw } from "../../support/servers/raw-request.ts";
import { serve } from "../../support/servers/served-chatbot.ts";

const LISTED = "https://wenju.example.org:8443";
const SITES = { origins: new Set([LISTED]), keys: new Map<string, string>() };

describe("a server that only its own machine can reach", () => {
  it.each([
    "localhost",
    "LOCALHOST:8787",
    "wenju.localhost:80",
    "127.0.0.1:8787",
    "[::1]:8787",
    "192.168.1.7",
  ])("goes by the name %s", async (host) => {
    expect((await getAs(host)).status).toBe(200);
  });

  it.each([
    "evil.example",
    "evil.example:8787",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil-localhost",
    "localhost:8787.evil.example",
    "[::1].evil.example",
    "wenju.example.org",
  ])("does not answer for %s, which an attacker may have pointed at it", async (host) => {
    for (const path of ["/", "/api/articles", "/api/search?q=治愈", "/healthz", "/widget.js"]) {
      const { status, text } = await getAs(host, path);
      expect(status, path).toBe(421);
      expect(text, path).toContain("WENJU_TRUST_PROXY");
      expect(text, path).not.toContain("株洲日报");
    }
  });

  it("goes by the name of a listed origin", async () => {
    expect((await getAs("wenju.example.org:8443")).status).toBe(200);
  });

  it("goes by every name behind a proxy that it believes, for then it has those that the proxy has", async () => {
    const { port } = await serve({ clients: { questionsPerMinute: 0, trustedProxies: ["loopback"] } });
    const request = rawGet("/api/articles").toString().replace("host: localhost", "host: wenju.example.com");
    expect((await sendRaw(port, request)).status).toBe(200);
  });
});

async function getAs(host: string, path = "/api/articles") {
  const { port } = await serve({ sites: SITES });
  const request = rawGet(encodeURI(path)).toString().replace("host: localhost", `host: ${host}`);
  return sendRaw(port, request);
}
