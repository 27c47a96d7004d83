import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunningServer } from "../../../src/server/start-server.ts";
import { sharedBrowser } from "../../support/browser/browser.ts";
import { answered } from "../../support/browser/turns.ts";
import { NEWSPAPER_ARTICLES } from "../../support/indexes/newspaper-articles.ts";
import { hostSite } from "../../support/servers/host-site.ts";
import { eventsOf, quotedAnswer, serveScripted } from "../../support/servers/scripted-chatbot.ts";
import { ask, HOSPITAL, QUESTION, QUOTE } from "../../support/servers/served-widget.ts";

const origins = new Set<string>();
const keys = new Map<string, string>();
const browser = sharedBrowser();
let server: RunningServer;
let asked: string[];

beforeAll(async () => {
  const script = (question: string) => {
    asked.push(question);
    return eventsOf(quotedAnswer(question, [{ article: HOSPITAL, quote: QUOTE }]));
  };
  server = await serveScripted(NEWSPAPER_ARTICLES, script, { sites: { origins, keys } });
});
afterAll(() => server.close());

/** Another site with the widget on it, and the widget's own name for what went wrong. */
async function siteWith(attributes = "") {
  asked = [];
  const { url } = await hostSite(
    `<script type="module" src="${server.url}/widget.js"></script><wenju-chat open endpoint="${server.url}" ${attributes}></wenju-chat>`,
  );
  const open = () => browser.open(url, { expected: /CORS policy|ERR_FAILED|403/ });
  return { url, open };
}

it("a site that is not listed can show the widget, which says why it gets no answer", async () => {
  const site = await siteWith();
  const page = await site.open();
  await ask(page);
  const reason = "这个网站没有获准使用本服务。请服务的管理员把网站的来源加入 WENJU_ALLOWED_ORIGINS。";
  await page.locator(".problem", { hasText: reason }).waitFor();
  expect(asked).toEqual([]);
});

it("a site that is not listed can read nothing but the refusal", async () => {
  const site = await siteWith();
  const page = await site.open();
  const read = await page.evaluate(async (endpoint) => {
    const body = (init: RequestInit) => ({ method: "POST", ...init });
    const requests: [path: string, init?: RequestInit][] = [
      ["/api/articles"],
      ["/api/articles/zhuzhou-zhongxin-2020"],
      ["/api/search?q=治愈"],
      ["/api/ask", body({ headers: { "content-type": "application/json" }, body: '{"question":"治愈？"}' })],
      ["/api/ask", body({ headers: { "x-wenju-key": "pk-site-1" }, body: "{}" })],
      ["/", { credentials: "include" }],
      ["/articles/zhuzhou-zhongxin-2020"],
      ["/api/articles", { credentials: "include" }],
    ];
    return Promise.all(
      requests.map(([path, init]) =>
        fetch(endpoint + path, init).then(
          (response) => response.text(),
          () => "unreadable",
        ),
      ),
    );
  }, server.url);
  const refusal = expect.stringMatching(/^\{"error":\{"code":"FORBIDDEN","message":"[^"]+"\}\}$/);
  expect(read).toEqual([...Array<unknown>(5).fill(refusal), "unreadable", "unreadable", "unreadable"]);
  expect(asked).toEqual([]);
});

it("a listed site asks with its key", async () => {
  const site = await siteWith('api-key="pk-site-1"');
  origins.add(site.url);
  keys.set(site.url, "pk-site-1");
  const page = await site.open();
  await ask(page);
  await answered(page);
  expect(asked).toEqual([QUESTION]);
});

it("a listed site with another key is told that it may not", async () => {
  const site = await siteWith('api-key="pk-site-2"');
  origins.add(site.url);
  keys.set(site.url, "pk-site-1");
  const page = await site.open();
  await ask(page);
  await page.locator(".problem", { hasText: "缺少这个网站的密钥，或者密钥不对。" }).waitFor();
  expect(asked).toEqual([]);
});
