import { cp, readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { DESKTOP, PHONE, SIZES, sharedBrowser, type WatchedPage } from "../../support/browser/browser.ts";
import { BUNDLED_CORPUS } from "../../support/indexes/built-index.ts";
import { NEWSPAPER_ARTICLES } from "../../support/indexes/newspaper-articles.ts";
import { NotedReindexing, TOKEN } from "../../support/servers/administered.ts";
import { eventsOf, noEvidenceAnswer, serveScripted } from "../../support/servers/scripted-chatbot.ts";
import { folderWith } from "../../support/servers/served-chatbot.ts";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = sharedBrowser();

const NEW = {
  name: "青溪大桥.txt",
  mimeType: "text/plain",
  buffer: Buffer.from("青溪大桥\n\n由沈仲安设计。\n"),
};
const OLD = { ...NEW, name: "zhuzhou-331-2018.txt" };
const FIRST = "shiyan-zhongxiyi-2023.txt";

type AdminPlace = {
  readonly url: string;
  readonly reindexing: NotedReindexing;
  /** What is in the corpus folder now. */
  files(): Promise<string[]>;
  read(name: string): Promise<string>;
};

async function adminPlace(): Promise<AdminPlace> {
  const corpusFolder = await folderWith({});
  await cp(BUNDLED_CORPUS, corpusFolder, { recursive: true });
  const reindexing = new NotedReindexing();
  const server = await serveScripted(
    NEWSPAPER_ARTICLES,
    (question) => eventsOf(noEvidenceAnswer(question, [])),
    { admin: { token: TOKEN, corpusFolder, reindexing } },
  );
  onTestFinished(() => server.close());
  return {
    url: `${server.url}/admin`,
    reindexing,
    files: async () => (await readdir(corpusFolder)).filter((name) => /\.(?:txt|md)$/.test(name)).sort(),
    read: (name) => readFile(join(corpusFolder, name), "utf8"),
  };
}

async function enter(page: WatchedPage, token = TOKEN): Promise<void> {
  await page.getByLabel("管理口令").fill(token);
  await page.getByRole("button", { name: "进入" }).click();
}

const listed = (page: WatchedPage) => page.locator(".file-list > li");

describe.each(SIZES)("the admin page, on a %s,", (_size, viewport) => {
  const open = (place: AdminPlace, options = {}) => browser.open(place.url, { viewport, ...options });

  it("asks for the token, refuses a wrong one, and keeps the right one in this tab alone", async () => {
    const place = await adminPlace();
    const page = await open(place, { expected: /401/ });
    expect(await page.title()).toBe("管理文章 · 问据");
    await enter(page, "this-is-not-the-token");
    await page.getByRole("alert").filter({ hasText: "口令不对。" }).waitFor();
    await enter(page);
    await page.getByText("已是最新：5 篇文章").waitFor();
    await expect.poll(() => listed(page).count()).toBe(5);
    const kept = await page.evaluate(() => ({
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
      cookie: document.cookie,
      address: location.href,
      page: document.documentElement.outerHTML,
    }));
    expect(kept.session).toContain(TOKEN);
    for (const part of [kept.local, kept.cookie, kept.address, kept.page]) expect(part).not.toContain(TOKEN);
    await page.reload();
    await page.getByText("已是最新").waitFor();
    await page.getByRole("button", { name: "退出管理" }).click();
    await page.getByLabel("管理口令").waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    expect(page.foreignRequests).toEqual([]);
  });

  it("uploads what is chosen, and replaces nothing unless one says so", async () => {
    const place = await adminPlace();
    const page = await open(place, { expected: /409/ });
    await enter(page);
    await page.getByRole("button", { name: "上传文章" }).setInputFiles([NEW, OLD]);
    await page.getByText("青溪大桥.txt 已上传。").waitFor();
    await page.getByText("zhuzhou-331-2018.txt 没有上传：已经有同名的文件。").waitFor();
    await expect.poll(() => listed(page).count()).toBe(6);
    expect(await listed(page).filter({ hasText: "青溪大桥" }).textContent()).toContain("还没有编入索引");
    expect(await place.read(NEW.name)).toBe(String(NEW.buffer));
    expect(await place.read(OLD.name)).not.toBe(String(OLD.buffer));
    expect(place.reindexing.requests).toBe(1);
    await page.getByRole("button", { name: "替换 zhuzhou-331-2018.txt" }).click();
    await page.getByText("zhuzhou-331-2018.txt 已上传。").waitFor();
    expect(await place.read(OLD.name)).toBe(String(OLD.buffer));
  });

  it("uploads what is dropped, and says why it cannot", async () => {
    const place = await adminPlace();
    const page = await open(place, { expected: /415/ });
    await enter(page);
    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(["青溪大桥\n\n由沈仲安设计。\n"], "桥.md"));
      data.items.add(new File(["图"], "图.png"));
      data.items.add(new File([new Uint8Array(2 * 1024 * 1024 + 1)], "大.txt"));
      return data;
    });
    await page.locator(".drop-area").waitFor();
    await page.dispatchEvent(".drop-area", "dragenter", { dataTransfer: transfer });
    await page.locator(".drop-area.over").waitFor();
    await page.dispatchEvent(".drop-area", "drop", { dataTransfer: transfer });
    await page.getByText("桥.md 已上传。").waitFor();
    await page.getByText("图.png 没有上传：只接受 .txt 和 .md 文件。").waitFor();
    await page.getByText("大.txt 没有上传：超过 2 MB。").waitFor();
    expect(await page.locator(".drop-area.over").count()).toBe(0);
    expect(await place.files()).toContain("桥.md");
    expect(await place.files()).toHaveLength(6);
  });

  it("deletes after a question, by keyboard too, and leaves the focus where one is", async () => {
    const place = await adminPlace();
    const page = await open(place);
    await enter(page);
    const button = page.getByRole("button", { name: `删除 ${FIRST}` });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog", { name: `从文章文件夹里删除 ${FIRST}？` }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("保留");
    await page.keyboard.press("Escape");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
      .toBe(`删除 ${FIRST}`);
    expect(await place.files()).toHaveLength(5);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => listed(page).count()).toBe(4);
    await page
      .getByRole("status")
      .filter({ hasText: `${FIRST} 已删除。` })
      .waitFor({ state: "attached" });
    expect(await place.files()).not.toContain(FIRST);
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
    expect(place.reindexing.requests).toBe(1);
  });

  it("shows how far an update is, and what came of it", async () => {
    const place = await adminPlace();
    place.reindexing.status = { state: "indexing", progress: { stage: "embedding", done: 30, total: 120 } };
    const page = await open(place);
    await enter(page);
    await page.getByText("正在更新索引").waitFor();
    expect(await page.getByRole("progressbar", { name: "更新的进度" }).getAttribute("max")).toBe("120");
    await page.getByText("计算向量 30 / 120").waitFor();
    const failure = {
      code: "INDEX_NOT_WRITABLE",
      message: "The disk is full.",
      at: "x",
      retryAt: "y",
    } as const;
    place.reindexing.status = { state: "failed", failure };
    await page.getByText("更新没有成功").waitFor();
    await page.getByText("The disk is full.").waitFor();
    place.reindexing.status = { state: "current" };
    await page.getByRole("button", { name: "重新检查文章" }).click();
    await page.getByText("已是最新").waitFor();
    expect(place.reindexing.requests).toBe(1);
  });

  it.each([
    ["en", "Manage articles", "Admin token", "Enter", "Up to date: 5 articles"],
    ["zh-TW", "管理文章", "管理口令", "進入", "已是最新：5 篇文章"],
  ])("speaks %s", async (locale, heading, label, button, state) => {
    const place = await adminPlace();
    const page = await open(place, { locale });
    await page.getByRole("heading", { name: heading }).waitFor();
    await page.getByLabel(label).fill(TOKEN);
    await page.getByRole("button", { name: button }).click();
    await page.getByText(state).waitFor();
  });
});

describe("axe and fingers find nothing", () => {
  it("against the question for the token, and against a page where much goes on, wide and narrow, light and dark", async () => {
    const place = await adminPlace();
    const page = await browser.open(place.url, { reducedMotion: "reduce", expected: /401|409/ });
    await enter(page, "this-is-not-the-token");
    await page.getByRole("alert").waitFor();
    await page.evaluate(axe);
    await expectNothing(page);
    place.reindexing.status = { state: "indexing", progress: { stage: "embedding", done: 3, total: 12 } };
    await enter(page);
    await page.getByRole("button", { name: "上传文章" }).setInputFiles([NEW, OLD]);
    await page.getByText("没有上传").waitFor();
    await page.getByRole("button", { name: `删除 ${FIRST}` }).click();
    await page.getByRole("alertdialog").waitFor();
    await expectNothing(page);
    place.reindexing.status = {
      state: "failed",
      failure: { code: "INDEX_CORRUPT", message: "It is damaged.", at: "x", retryAt: "y" },
    };
    await page.getByText("It is damaged.").waitFor();
    await expectNothing(page);
  });

  async function expectNothing(page: WatchedPage): Promise<void> {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const viewport of [DESKTOP, PHONE]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        expect(await violations(page), `${colorScheme}, ${viewport.width} px`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThan(1);
      }
    }
    expect(await smallTargets(page)).toEqual([]);
  }

  async function violations(page: WatchedPage): Promise<string[]> {
    const results = await page.evaluate(() =>
      (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    return results.violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, any }) => `${impact} ${id}: ${html} ${any[0]?.message ?? ""}`),
    );
  }

  function smallTargets(page: WatchedPage): Promise<string[]> {
    return page.evaluate(() =>
      [...document.querySelectorAll("main :is(a, button, label.button, input:not(.visually-hidden))")]
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          const { height, width } = element.getBoundingClientRect();
          return Math.min(height, width) < 44;
        })
        .map((element) => element.outerHTML),
    );
  }
});
