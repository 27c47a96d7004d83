import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Article } from "../../src/corpus/article.ts";
import type { RunningServer } from "../../src/server/start-server.ts";
import { sharedBrowser, type WatchedPage } from "../support/browser/browser.ts";
import { askUntil } from "../support/browser/turns.ts";
import { article } from "../support/builders.ts";
import { HOST_SITES, hostSite } from "../support/servers/host-site.ts";
import {
  citationOf,
  eventsOf,
  noEvidenceAnswer,
  quotedAnswer,
  serveScripted,
} from "../support/servers/scripted-chatbot.ts";
import { XSS_PAYLOADS } from "../support/xss-payloads.ts";

/** Which payload's article is opened: the server takes no id that holds one itself. */
const OPENED = 7;

/** An article for every payload, in title, body, source and address; the first holds all of them. */
const ARTICLES: readonly Article[] = [
  article({
    id: "all",
    title: XSS_PAYLOADS[0]!,
    source: XSS_PAYLOADS[3]!,
    text: XSS_PAYLOADS.map((payload) => `正文${payload}。`).join("\n"),
  }),
  ...XSS_PAYLOADS.map((payload, index) =>
    article({
      id: index === OPENED ? "x" : `x${index}"><img src=x>`,
      title: payload,
      source: payload,
      text: `引文${payload}。`,
      url: payload,
    }),
  ),
];
const QUOTES = ARTICLES.slice(1).map((each) => ({
  article: each,
  quote: each.text,
  focus: each.text.slice(2),
}));

/** Without those that hold what an answer uses as markers: these become numbers there. */
const UNMARKED = XSS_PAYLOADS.filter((payload) => !/\[\d+\]/.test(payload));

let server: RunningServer;
const browser = sharedBrowser();

beforeAll(async () => {
  server = await serveScripted(ARTICLES, (question) => eventsOf(answerTo(question)), {
    suggestions: XSS_PAYLOADS.slice(0, 4),
    sites: HOST_SITES,
  });
});
afterAll(() => server.close());

function answerTo(question: string) {
  if (question === "相关") return noEvidenceAnswer(question, QUOTES);
  if (question === "全文")
    return quotedAnswer(question, [{ article: ARTICLES[0]!, quote: `正文${XSS_PAYLOADS[0]}。` }]);
  const quoted = quotedAnswer(question, QUOTES);
  if (question === "引用") return quoted;
  const citations = QUOTES.map((quote, index) => citationOf(quote, index + 1));
  const text = XSS_PAYLOADS.map((payload, index) => `模型写道${payload}[${index + 1}]`).join("\n");
  return { ...quoted, citations, text, mode: "generative" } as const;
}

it("there are at least 200 payloads, all different", () => {
  expect(new Set(XSS_PAYLOADS).size).toBe(XSS_PAYLOADS.length);
  expect(XSS_PAYLOADS.length).toBeGreaterThanOrEqual(200);
});

describe("on the pages, what others wrote stays text", () => {
  it("in titles and sources of the list, and in its search", async () => {
    const page = await browser.open(`${server.url}/articles`);
    await expect.poll(() => page.locator(".article-list li").count()).toBe(ARTICLES.length);
    await expectTexts(page, ".article-list h2", XSS_PAYLOADS.map(flat));
    await page.getByRole("searchbox").fill("<img");
    await expectHarmless(page);
  });

  it("in an article's title, body and source, and in an address", async () => {
    const [payload] = XSS_PAYLOADS;
    const page = await browser.open(`${server.url}/articles/all#c=0-40,<img src=x onerror=alert(1)>`);
    await page.locator(".article-text").waitFor();
    expect(await page.locator("h1").textContent()).toBe(payload);
    await expectTexts(
      page,
      ".article-text",
      XSS_PAYLOADS.map((each) => `正文${each}。`),
    );
    await expectHarmless(page);
  });

  it("in questions", async () => {
    const saved = XSS_PAYLOADS.map((question) => ({ question, phase: "stopped" }));
    const page = await browser.open(server.url, {
      prepare: (page) =>
        page.addInitScript(
          (turns) => sessionStorage.setItem("wenju:conversation", turns),
          JSON.stringify(saved),
        ),
    });
    await expectTexts(page, ".question", XSS_PAYLOADS);
    await askUntil(page, "<img src=x onerror=alert(1)>");
    await expectHarmless(page);
  });

  it.each(["引用", "相关", "写"])("in quotes, titles and sentences of an answer (%s)", async (question) => {
    const page = await browser.open(server.url);
    await askUntil(page, question);
    await expectTexts(
      page,
      ".quote",
      QUOTES.map(({ quote }) => quote),
    );
    await expectTexts(page, ".source-link", XSS_PAYLOADS.map(flat));
    if (question === "写")
      await expectTexts(
        page,
        ".prose",
        UNMARKED.map((payload) => `模型写道${payload}`),
      );
    await page.locator(".source-link").nth(OPENED).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(QUOTES[OPENED]!.quote);
    await page.getByRole("button", { name: "复制回答和出处" }).click();
    await expectHarmless(page);
  });

  it("in what a server says of an error", async () => {
    const page = await browser.open(server.url, { expected: /400/ });
    const message = XSS_PAYLOADS.join("\n");
    await page.route("**/api/ask", (route) =>
      route.fulfill({ status: 400, json: { error: { code: "X", message } } }),
    );
    await askUntil(page, "问", "failed");
    await expectTexts(page, ".problem", XSS_PAYLOADS);
    await expectHarmless(page);
  });
});

describe("in the widget, what others wrote stays text", () => {
  const strictPolicy = (): string =>
    `default-src 'none'; img-src data:; script-src ${server.url}; connect-src ${server.url}; require-trusted-types-for 'script'`;
  const POLICIES: readonly [
    name: string,
    policyOf: () => string | undefined,
    questions: readonly string[],
  ][] = [
    ["under no policy at all", () => undefined, ["写"]],
    ["under a strict policy", strictPolicy, ["引用", "相关"]],
  ];

  it.each(POLICIES)("%s", async (_name, policyOf, questions) => {
    const policy = policyOf();
    const site = await hostSite(
      `<script type="module" src="${server.url}/widget.js"></script><wenju-chat open endpoint="${server.url}"></wenju-chat>`,
      policy === undefined ? {} : { policy },
    );
    const page = await browser.open(site.url, { expected: /400/ });
    await page.locator(".suggestion").first().waitFor();
    for (const question of questions) {
      await askUntil(page, question);
      await page.getByRole("button", { name: "新对话" }).waitFor();
      const turn = `.turn:last-child`;
      await expectTexts(
        page,
        `${turn} .quote`,
        QUOTES.map(({ quote }) => quote),
      );
      await expectTexts(page, `${turn} .source-link`, XSS_PAYLOADS.map(flat));
    }
    const message = XSS_PAYLOADS.join("\n");
    await page.route("**/api/ask", (route) =>
      route.fulfill({
        status: 400,
        json: { error: { code: "X", message } },
        headers: { "access-control-allow-origin": "*" },
      }),
    );
    await askUntil(page, XSS_PAYLOADS[3]!, "failed");
    await expectTexts(page, ".problem", XSS_PAYLOADS);
    await expectHarmless(page);
  });

  it("in questions that were asked before, and in the title and the body of an article", async () => {
    const saved = JSON.stringify(XSS_PAYLOADS.map((question) => ({ question })));
    const site = await hostSite(
      `<script type="module" src="${server.url}/widget.js"></script><wenju-chat open endpoint="${server.url}"></wenju-chat>`,
      { policy: strictPolicy() },
    );
    const page = await browser.open(site.url, {
      prepare: (page) =>
        page.addInitScript(([key, turns]) => sessionStorage.setItem(key, turns), [
          `wenju:${server.url}/`,
          saved,
        ] as const),
    });
    await expectTexts(page, ".question", XSS_PAYLOADS);
    await askUntil(page, "全文");
    await page.locator(".source-link").last().click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(`正文${XSS_PAYLOADS[0]}。`);
    expect(await page.locator(".full-title").textContent()).toBe(XSS_PAYLOADS[0]);
    await expectTexts(
      page,
      ".article-text",
      XSS_PAYLOADS.map((each) => `正文${each}。`),
    );
    await expectHarmless(page);
  });

  it("in its own attributes", async () => {
    const encode = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    const site = await hostSite(
      `<script type="module" src="${server.url}/widget.js"></script>${XSS_PAYLOADS.slice(0, 60)
        .map((payload) => {
          const value = encode(payload);
          return `<wenju-chat mode="inline" endpoint="${server.url}" title="${value}" greeting="${value}" suggestions="${value}" accent="${value}" lang="${value}" theme="${value}" position="${value}"></wenju-chat>`;
        })
        .join("")}`,
    );
    const page = await browser.open(site.url);
    await expect.poll(() => page.locator(".greeting").count()).toBe(60);
    await expectTexts(page, ".greeting", XSS_PAYLOADS.slice(0, 60));
    await expectHarmless(page);
  });
});

/** As a title is shown: its parts trimmed. */
function flat(text: string): string {
  return text.trim();
}

async function expectTexts(page: WatchedPage, selector: string, texts: readonly string[]): Promise<void> {
  await expect.poll(() => page.locator(selector).count()).toBeGreaterThan(0);
  const shown = (await page.locator(selector).allTextContents()).join("\n");
  expect(texts.filter((text) => !shown.includes(text))).toEqual([]);
}

/** Nothing ran, nothing was asked of anybody else, and no element is there that the views do not make. */
async function expectHarmless(page: WatchedPage): Promise<void> {
  const found = await page.evaluate(() => {
    const elements: Element[] = [];
    const collect = (root: ParentNode) => {
      for (const element of root.querySelectorAll("*")) {
        elements.push(element);
        if (element.shadowRoot) collect(element.shadowRoot);
      }
    };
    collect(document.body);
    const names =
      "script,img,image,iframe,object,embed,video,audio,style,base,meta,template,marquee,math,animate,use,portal,xss,wenju-chat wenju-chat";
    return {
      pwned: "pwned" in window,
      strange: elements
        .filter((element) => element.matches(names) && !element.matches('script[src$="/widget.js"]'))
        .map(({ outerHTML }) => outerHTML),
      handlers: elements.flatMap(({ attributes }) =>
        [...attributes].map(({ name }) => name).filter((name) => name.startsWith("on")),
      ),
      addresses: elements
        .filter((element): element is HTMLAnchorElement => element instanceof HTMLAnchorElement)
        .map(({ href }) => new URL(href).protocol)
        .filter((protocol) => protocol !== "http:"),
      styles: elements.filter((element) => element.hasAttribute("style")).length,
    };
  });
  expect(found).toEqual({ pwned: false, strange: [], handlers: [], addresses: [], styles: 0 });
  expect(page.foreignRequests.filter((url) => !url.startsWith(server.url))).toEqual([]);
}
