import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../../src/server/start-server.ts";
import { PHONE, SIZES, sharedBrowser } from "../../support/browser/browser.ts";
import { NEWSPAPER_ARTICLES, newspaperArticle } from "../../support/indexes/newspaper-articles.ts";
import { eventsOf, noEvidenceAnswer, serveScripted } from "../../support/servers/scripted-chatbot.ts";

const hospital = newspaperArticle("zhuzhou-zhongxin-2020");
const QUOTE = "市中心医院1284名党员坚守的初心。";
const place = (quote: string) => {
  const start = hospital.text.indexOf(quote);
  return `${start}-${start + quote.length}`;
};

let server: RunningServer;
const browser = sharedBrowser();

beforeAll(async () => {
  server = await serveScripted(NEWSPAPER_ARTICLES, (question) => eventsOf(noEvidenceAnswer(question, [])));
});
afterAll(() => server.close());

describe.each(SIZES)("the reading page, on a %s,", (_size, viewport) => {
  it("shows the whole article, and the place that its address names, in sight and exactly", async () => {
    const page = await browser.open(`${server.url}/articles/${hospital.id}#c=${place(QUOTE)}`, { viewport });
    await expect.poll(() => page.locator("mark").textContent()).toBe(QUOTE);
    await expect
      .poll(() =>
        page.locator("mark").evaluate((mark) => {
          const { top, bottom } = mark.getBoundingClientRect();
          return top > 60 && bottom < window.innerHeight;
        }),
      )
      .toBe(true);
    const shown = await page.locator(".article-text").textContent();
    expect(shown?.replace(/\s/g, "")).toBe(hospital.text.replace(/\s/g, ""));
    expect(await page.title()).toContain("医者红心耀三湘");
    expect(page.foreignRequests).toEqual([]);
  });

  it("marks a place across paragraphs as one", async () => {
    const start = hospital.text.indexOf(QUOTE);
    const end = hospital.text.indexOf("，拥有全国先进");
    const page = await browser.open(`${server.url}/articles/${hospital.id}#c=${start}-${end}`, { viewport });
    await expect.poll(() => page.locator("mark").textContent()).toBe(hospital.text.slice(start, end));
  });

  it("goes from place to place, by buttons and by a new address", async () => {
    const [first, second] = ["幸福，始于健康。", QUOTE];
    const page = await browser.open(
      `${server.url}/articles/${hospital.id}#c=${place(first)},${place(second)}`,
      { viewport },
    );
    await expect.poll(() => page.locator("mark").textContent()).toBe(first);
    await page.getByRole("button", { name: "下一处" }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(second);
    await page.locator(".cited").click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(first);
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `c=${place("刘毅的愿景")}`,
    );
    await expect.poll(() => page.locator("mark").textContent()).toBe("刘毅的愿景");
  });

  it("marks nothing where the address names no place in the article", async () => {
    const page = await browser.open(`${server.url}/articles/${hospital.id}#c=90000-90010`, { viewport });
    await page.locator("h1", { hasText: "医者红心耀三湘" }).waitFor();
    expect(await page.locator("mark").count()).toBe(0);
  });

  it("says that an unknown article is not there, and tries again", async () => {
    const page = await browser.open(`${server.url}/articles/nobody`, { viewport, expected: /404/ });
    await page.getByText("没能取到这篇文章。没有找到要找的内容。").waitFor();
    await page.getByRole("button", { name: "再试一次" }).click();
    await page.getByRole("alert").waitFor();
  });
});

describe("the reading page", () => {
  it.each(["light", "dark", "auto"])(
    "prints the article alone, dark on white, where the theme is %s",
    async (theme) => {
      const page = await browser.open(`${server.url}/articles/${hospital.id}#c=${place(QUOTE)}`, {
        colorScheme: "dark",
        prepare: (page) => page.addInitScript((theme) => localStorage.setItem("wenju:theme", theme), theme),
      });
      await page.locator("mark").waitFor();
      await page.emulateMedia({ media: "print" });
      for (const hidden of [".masthead", ".reading-tools"])
        expect(await page.locator(hidden).isVisible()).toBe(false);
      const colours = await page.evaluate(() => ({
        text: getComputedStyle(document.querySelector(".paragraph")!).color,
        mark: getComputedStyle(document.querySelector("mark")!).backgroundColor,
        ground: getComputedStyle(document.body).backgroundColor,
      }));
      expect(colours).toEqual({
        text: "rgb(34, 30, 25)",
        mark: "rgb(255, 230, 148)",
        ground: "rgba(0, 0, 0, 0)",
      });
      const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
      expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(3);
      expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(7);
    },
  );

  it("keeps a comfortable line of Chinese at both widths", async () => {
    for (const [viewport, least, most] of [
      [{ width: 1280, height: 800 }, 34, 42],
      [PHONE, 17, 24],
    ] as const) {
      const page = await browser.open(`${server.url}/articles/${hospital.id}`, { viewport });
      const characters = await page
        .locator(".paragraph")
        .nth(3)
        .evaluate(
          (paragraph) => paragraph.clientWidth / Number.parseFloat(getComputedStyle(paragraph).fontSize),
        );
      expect(characters).toBeGreaterThan(least);
      expect(characters).toBeLessThan(most);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0);
    }
  });
});

describe.each(SIZES)("the list of articles, on a %s,", (_size, viewport) => {
  it("names every article and finds by title and source as one types", async () => {
    const page = await browser.open(`${server.url}/articles`, { viewport });
    await expect.poll(() => page.locator(".article-list li").count()).toBe(5);
    await page.getByRole("searchbox").pressSequentially("红旗");
    await expect.poll(() => page.locator(".article-list li").count()).toBe(2);
    expect(await page.locator(".count").textContent()).toBe("找到 2 篇");
    await page.getByRole("searchbox").fill("没有这样的");
    await page.getByText("没有符合的文章。").waitFor();
    await page.getByRole("searchbox").fill("株洲日报");
    await page.locator(".article-list a").click();
    await page.locator("h1", { hasText: "「医」路高歌红旗扬" }).waitFor();
  });

  it("says in words when it cannot be had, and comes after a retry", async () => {
    const page = await browser.open(`${server.url}/articles`, {
      viewport,
      expected: /ERR_FAILED/,
      prepare: (page) => page.route("**/api/articles", (route) => route.abort()),
    });
    await page.getByText("没能取到文章列表。连不上服务器。请稍后再试。").waitFor();
    await page.unroute("**/api/articles");
    await page.getByRole("button", { name: "再试一次" }).click();
    await expect.poll(() => page.locator(".article-list li").count()).toBe(5);
  });
});
