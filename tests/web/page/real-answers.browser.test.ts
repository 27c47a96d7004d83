import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_MODEL_ID } from "../../../src/embed/catalog.ts";
import { type OpenedChatbot, openChatbot, suggestFrom } from "../../../src/open-chatbot.ts";
import { type RunningServer, startServer } from "../../../src/server/start-server.ts";
import { SIZES, sharedBrowser } from "../../support/browser/browser.ts";
import { askUntil } from "../../support/browser/turns.ts";
import { WEB_FOLDER } from "../../support/servers/scripted-chatbot.ts";

const QUESTION = "株洲支援黄冈医疗队累计治愈出院多少例患者？";

let indexFolder: string;
let opened: OpenedChatbot;
let server: RunningServer;
const browser = sharedBrowser();

beforeAll(async () => {
  indexFolder = await mkdtemp(join(tmpdir(), "wenju-web-"));
  const corpusFolder = fileURLToPath(new URL("../../../corpus", import.meta.url));
  opened = await openChatbot({ corpusFolder, indexFolder, model: DEFAULT_MODEL_ID });
  const { chatbot } = opened;
  server = await startServer({
    chatbot,
    suggestions: await suggestFrom(chatbot),
    webFolder: WEB_FOLDER,
    host: "127.0.0.1",
    port: 0,
    graceMs: 50,
  });
});
afterAll(async () => {
  await server.close();
  await opened.close();
  await rm(indexFolder, { recursive: true, force: true });
});

describe.each(SIZES)("over the five articles, on a %s", (_name, viewport) => {
  it("a question gets its quote, and the quote stands marked in its article", async () => {
    const page = await browser.open(server.url, { viewport });
    await askUntil(page, QUESTION);
    expect(await page.locator(".excerpt").first().locator(".quote").textContent()).toContain("74例");
    await page.getByRole("button", { name: /^引文 1/ }).click();
    await page.locator("mark").waitFor();
    const marked = (await page.locator("mark").textContent()) ?? "";
    expect(marked).toContain("在黄冈累计治愈出院患者74例");
    const article = opened.chatbot.articles.get("zhuzhou-zhongxin-2020");
    expect(article?.text).toContain(marked);
    const address = await page.locator(".whole").getAttribute("href");
    const reading = await browser.open(server.url + address, { viewport });
    await expect.poll(() => reading.locator("mark").textContent()).toBe(marked);
    expect([...page.foreignRequests, ...reading.foreignRequests]).toEqual([]);
  });

  it("a question that no article answers is met with calm", async () => {
    const page = await browser.open(server.url, { viewport });
    await askUntil(page, "火星探测器是哪一年着陆的？");
    expect(await page.locator(".no-evidence-lead").textContent()).toBe("这些文章里没有找到答案。");
  });
});

describe("every sample question of the empty page", () => {
  it("is answered", async () => {
    const page = await browser.open(server.url);
    await page.locator(".suggestion").first().waitFor();
    const samples = await page.locator(".suggestion").allTextContents();
    expect(samples.length).toBeGreaterThanOrEqual(3);
    for (const sample of samples) await askUntil(page, sample);
    expect(await page.locator(".no-evidence").count()).toBe(0);
    for (const turn of await page.locator(".turn").all()) {
      expect(await turn.locator(".excerpt").count()).toBeGreaterThan(0);
    }
  });
});

describe("the widget over the five articles", () => {
  it("quotes and opens the article", async () => {
    const page = await browser.open(`${server.url}/demo`);
    await page.locator(".launcher").click();
    await askUntil(page, QUESTION);
    await page.locator(".floating .chip").first().click();
    await expect.poll(() => page.locator(".floating mark").textContent()).toContain("74例");
    expect(page.foreignRequests).toEqual([]);
  });
});
