import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../src/server/start-server.ts";
import { DESKTOP, PHONE, sharedBrowser, type WatchedPage } from "../support/browser/browser.ts";
import { askUntil } from "../support/browser/turns.ts";
import { NEWSPAPER_ARTICLES, newspaperArticle } from "../support/indexes/newspaper-articles.ts";
import {
  eventsOf,
  noEvidenceAnswer,
  quotedAnswer,
  serveScripted,
} from "../support/servers/scripted-chatbot.ts";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const hospital = newspaperArticle("zhuzhou-zhongxin-2020");
const quotes = [
  {
    article: hospital,
    quote: "一颗红心向党、一颗红心向患者、一颗红心向民，这是刘毅的愿景，也是市中心医院1284名党员坚守的初心。",
    focus: "1284名",
  },
  {
    article: hospital,
    quote: "自2018年起，该院党委会议坚持和完善学习习近平总书记最新讲话精神“第一议题制度”。",
  },
];

let server: RunningServer;
const browser = sharedBrowser();

beforeAll(async () => {
  server = await serveScripted(
    NEWSPAPER_ARTICLES,
    (question) => {
      if (question === "没有") return eventsOf(noEvidenceAnswer(question, quotes));
      if (question === "出错") throw new Error("A failure for the test.");
      if (question === "等")
        return eventsOf(quotedAnswer(question, quotes), { pause: () => new Promise(() => {}) });
      const answer = quotedAnswer(question, quotes);
      return eventsOf(
        question === "写"
          ? { ...answer, text: "党员有1284名[1]，2018年起学习[2]。", mode: "generative" }
          : answer,
      );
    },
    { suggestions: ["市中心医院有多少名党员？"] },
  );
});
afterAll(() => server.close());

const openSource = async (page: WatchedPage) => {
  await page.locator(".chip").first().click();
  await page.locator("mark").waitFor();
};
const openWidget = (page: WatchedPage) => page.locator(".launcher").click();

const STATES: readonly [name: string, path: string, reach: (page: WatchedPage) => Promise<unknown>][] = [
  ["the empty page", "/", (page) => page.locator(".suggestion").waitFor()],
  [
    "a conversation with quotes, prose, no evidence and a failure",
    "/",
    async (page) => {
      await askUntil(page, "引");
      await page.getByRole("button", { name: "有帮助" }).click();
      await askUntil(page, "写");
      await askUntil(page, "没有");
      await askUntil(page, "出错", "failed");
    },
  ],
  ["the open source", "/", (page) => askUntil(page, "引").then(() => openSource(page))],
  ["the open menu", "/", (page) => page.getByRole("button", { name: "显示与语言" }).click()],
  ["the list", "/articles", (page) => page.locator(".article-list li").first().waitFor()],
  [
    "the reading page",
    `/articles/${hospital.id}#c=169-201,245-290`,
    (page) => page.locator("mark").waitFor(),
  ],
  ["the demo page with the open widget", "/demo", (page) => openWidget(page)],
  ["the widget with an answer", "/demo", (page) => openWidget(page).then(() => askUntil(page, "写"))],
  [
    "the widget with no answer, a failure and a rating",
    "/demo",
    (page) =>
      openWidget(page)
        .then(() => askUntil(page, "没有"))
        .then(() => page.getByRole("button", { name: "没帮助" }).click())
        .then(() => askUntil(page, "出错", "failed")),
  ],
  ["a question on its way", "/", (page) => askUntil(page, "等", "answering")],
  ["the list that finds nothing", "/articles", (page) => page.getByRole("searchbox").fill("没有这样的")],
  [
    "the widget with its source",
    "/demo",
    (page) =>
      openWidget(page)
        .then(() => askUntil(page, "引"))
        .then(() => openSource(page)),
  ],
];

describe("axe finds nothing serious", () => {
  it.each(STATES)("against %s, wide and narrow, light and dark", async (_name, path, reach) => {
    const page = await browser.open(server.url + path, { reducedMotion: "reduce" });
    await reach(page);
    await page.evaluate(axe);
    for (const [colorScheme, viewport] of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      expect(await seriousViolations(page), `${colorScheme}, ${viewport.width} px`).toEqual([]);
    }
  });

  const LOOKS = [
    ["light", DESKTOP],
    ["dark", DESKTOP],
    ["dark", PHONE],
    ["light", PHONE],
  ] as const;

  async function seriousViolations(page: WatchedPage): Promise<string[]> {
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ""}`));
  }
});

describe("fingers and keys", () => {
  it.each(STATES)("find targets of 44 px on a phone: %s", async (_name, path, reach) => {
    const page = await browser.open(server.url + path, { viewport: PHONE, hasTouch: true });
    await reach(page);
    expect(await smallTargets(page)).toEqual([]);
  });

  it("reach everything by keyboard, with a visible focus", async () => {
    const page = await browser.open(server.url);
    await askUntil(page, "引");
    await page.locator("body").press("Tab");
    const seen: string[] = [];
    for (let step = 0; step < 16; step += 1) {
      const focus = await page.evaluate(() => {
        const element = document.activeElement!;
        const box = element.closest(".composer-box") ?? element;
        const { outlineStyle, boxShadow } = getComputedStyle(box);
        const name = element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
        return {
          name,
          isVisible: element === document.body || outlineStyle !== "none" || boxShadow !== "none",
        };
      });
      expect(focus.isVisible, focus.name).toBe(true);
      seen.push(focus.name);
      await page.keyboard.press("Tab");
    }
    for (const name of [
      "跳到提问框",
      "新对话",
      "文章",
      "显示与语言",
      "引文 1：《医者红心耀三湘——株洲市中心医院推进党建领航创新发展综述》",
      "复制回答和出处",
      "有帮助",
      "您的问题",
    ]) {
      expect(seen.join("\n")).toContain(name);
    }
  });

  it.each([
    ["the page", "/"],
    ["the widget", "/demo"],
  ])("meet no motion on %s where one asked for none, and some where not", async (_name, path) => {
    const motions = async (reducedMotion: "reduce" | "no-preference") => {
      const page = await browser.open(server.url + path, { reducedMotion });
      if (path === "/demo") await openWidget(page);
      await askUntil(page, "等", "answering");
      return page.evaluate(() =>
        [document, ...[...document.querySelectorAll("wenju-chat")].map((each) => each.shadowRoot!)]
          .map((root) => root.getAnimations().length)
          .reduce((sum, count) => sum + count, 0),
      );
    };
    expect(await motions("reduce")).toBe(0);
    expect(await motions("no-preference")).toBeGreaterThan(0);
  });
});

/** Everything one can press that is less than 44 px wide or high; links inside a sentence excepted. */
function smallTargets(page: WatchedPage): Promise<string[]> {
  return page.evaluate(() => {
    const roots = [document, ...[...document.querySelectorAll("wenju-chat")].map((each) => each.shadowRoot!)];
    const elements = roots.flatMap((root) => [
      ...root.querySelectorAll<HTMLElement>(
        "button, input:not([type=radio]), textarea, a[href], label.choice",
      ),
    ]);
    return elements.flatMap((element) => {
      const isInSentence = element.closest(".corpus, .byline") !== null;
      if (!element.checkVisibility() || isInSentence || element.closest("[inert], .skip")) return [];
      if (element.closest("[popover]:not(:popover-open)")) return [];
      const { width, height } = element.classList.contains("chip")
        ? {
            width: Number.parseFloat(getComputedStyle(element, "::after").width),
            height: Number.parseFloat(getComputedStyle(element, "::after").height),
          }
        : (element.closest(".composer-box") ?? element).getBoundingClientRect();
      return width < 44 || height < 44 ? [`${element.className} ${width}×${height}`] : [];
    });
  });
}
