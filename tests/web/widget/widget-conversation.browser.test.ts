import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { FeedbackLog } from "../../../src/server/journal/feedback-log.ts";
import { type OpenOptions, SIZES, sharedBrowser, type WatchedPage } from "../../support/browser/browser.ts";
import { layoutShift, watchLayoutShift } from "../../support/browser/layout-shift.ts";
import { answered } from "../../support/browser/turns.ts";
import { deferred } from "../../support/deferred.ts";
import { NEWSPAPER_ARTICLES } from "../../support/indexes/newspaper-articles.ts";
import { HOST_SITES } from "../../support/servers/host-site.ts";
import {
  eventsOf,
  noEvidenceAnswer,
  type Script,
  serveScripted,
} from "../../support/servers/scripted-chatbot.ts";
import {
  answersTwoQuotes,
  CURED,
  HOSPITAL,
  MEMBERS,
  openAndAsk,
  QUESTION,
  servedChat,
  siteWithWidget,
  twoQuotes,
} from "../../support/servers/served-chat.ts";
import { temporaryFolders } from "../../support/temporary-folder.ts";

const chat = servedChat();
const newFolder = temporaryFolders();
const browser = sharedBrowser();

const neverAnswers: Script = (question, { signal }) =>
  eventsOf(twoQuotes(question), {
    pause: () => new Promise((resolve) => signal?.addEventListener("abort", () => resolve())),
  });

describe.each(SIZES)("a conversation in the widget, on a %s,", (_size, viewport) => {
  const open = async (options: OpenOptions = {}) =>
    browser.open(await siteWithWidget(chat), { viewport, ...options });

  it("goes from a stopped question to an answer and from place to place in its articles", async () => {
    chat.script = neverAnswers;
    const page = await open();
    await openAndAsk(page);
    await page.locator('.turn[data-phase="answering"]').waitFor();
    await page.getByRole("button", { name: "停止" }).click();
    await page.locator(".problem.stopped", { hasText: "已停止。" }).waitFor();
    chat.script = answersTwoQuotes;
    await page.getByRole("button", { name: "重新提问" }).click();
    await answered(page);
    expect(await page.locator(".excerpt").count()).toBe(2);
    await page.getByRole("button", { name: /^引文 1/ }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(CURED);
    await page.getByRole("button", { name: "下一处" }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(MEMBERS);
    await page.getByRole("button", { name: "上一处" }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(CURED);
    await page.getByRole("button", { name: "关闭", exact: true }).click();
    await page.locator(".source").waitFor({ state: "detached" });
  });

  it("is kept in the tab until it is started anew, and ↑ brings the last question back", async () => {
    chat.script = answersTwoQuotes;
    const page = await open();
    await openAndAsk(page);
    await answered(page);
    await page.reload();
    await answered(page);
    const field = page.getByRole("textbox", { name: "您的问题" });
    await field.press("ArrowUp");
    expect(await field.inputValue()).toBe(QUESTION);
    await page.getByRole("button", { name: "新对话" }).click();
    await page.locator(".greeting").waitFor();
    await page.reload();
    await page.locator(".greeting").waitFor();
  });

  it("says calmly that nothing was found, and shows what is near", async () => {
    chat.script = (question) => eventsOf(noEvidenceAnswer(question, [{ article: HOSPITAL, quote: CURED }]));
    const page = await open();
    await openAndAsk(page, "长沙地铁六号线是哪一年开通的？");
    await answered(page);
    expect(await page.locator(".no-evidence-lead").textContent()).toBe("这些文章里没有找到答案。");
    await page.getByRole("button", { name: /看原文/ }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(CURED);
  });

  it("says in words what failed, offline too, and goes on after a retry", async () => {
    chat.script = answersTwoQuotes;
    const page = await open({ expected: /ERR_|503/ });
    await page.locator(".suggestion").first().waitFor();
    await page.context().setOffline(true);
    await openAndAsk(page);
    await page.locator(".problem", { hasText: "现在没有网络" }).waitFor();
    await page.context().setOffline(false);
    await page.route("**/api/ask", (route) =>
      route.fulfill({ status: 503, headers: { "access-control-allow-origin": "*" }, body: "{}" }),
    );
    await page.getByRole("button", { name: "再试一次" }).click();
    await page.locator(".problem", { hasText: "现在提问的人太多" }).waitFor();
    await page.unroute("**/api/ask");
    await page.getByRole("button", { name: "再试一次" }).click();
    await answered(page);
  });

  it("streams without moving what is read, and is said once to a screen reader", async () => {
    const gate = deferred();
    chat.script = (question) => {
      let sent = 0;
      const pause = async () => {
        sent += 1;
        if (sent > 2) await gate.promise;
      };
      return eventsOf(twoQuotes(question), { piece: 20, pause });
    };
    const page = await open();
    await page.locator(".suggestion").first().waitFor();
    await listenToAnnouncements(page);
    await openAndAsk(page);
    await page.locator(".quote", { hasText: CURED.slice(0, 40) }).waitFor();
    await watchLayoutShift(page);
    const top = (await page.locator(".quote").boundingBox())?.y;
    gate.resolve();
    await answered(page);
    expect((await page.locator(".quote").first().boundingBox())?.y).toBe(top);
    expect(await layoutShift(page)).toBeLessThan(0.02);
    expect(await announcements(page)).toEqual([
      "正在找原文……",
      `已回答，引用原文 2 处。 ${CURED}[1]\n${MEMBERS}[2]`,
    ]);
    expect(await page.locator(".log [aria-live], .log [role=status]").count()).toBe(0);
  });

  it("copies an answer with its sources", async () => {
    chat.script = answersTwoQuotes;
    const page = await open({ permissions: ["clipboard-read", "clipboard-write"] });
    await openAndAsk(page);
    await answered(page);
    await page.getByRole("button", { name: "复制回答和出处" }).click();
    await page.getByRole("button", { name: "已复制" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`${CURED}[1]`);
    expect(copied).toContain(`${chat.url}/articles/${HOSPITAL.id}#c=`);
  });
});

it("a rating with a remark from another site is kept by the server", async () => {
  const file = join(await newFolder(), "feedback.jsonl");
  const server = await serveScripted(NEWSPAPER_ARTICLES, answersTwoQuotes, {
    feedback: new FeedbackLog(file),
    sites: HOST_SITES,
  });
  onTestFinished(() => server.close());
  const page = await browser.open(await siteWithWidget({ url: server.url, script: answersTwoQuotes }));
  await openAndAsk(page);
  await answered(page);
  await page.getByRole("button", { name: "没帮助" }).click();
  await page.getByRole("textbox", { name: /补充/ }).fill("出处不对");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByText("谢谢，已收到。").waitFor();
  const kept: unknown = JSON.parse(await readFile(file, "utf8"));
  expect(kept).toMatchObject({ question: QUESTION, rating: "down", remark: "出处不对" });
});

async function listenToAnnouncements(page: WatchedPage): Promise<void> {
  await page.locator(".announcement").evaluate((region) => {
    const said: string[] = [];
    const options = { childList: true, characterData: true, subtree: true };
    new MutationObserver(() => said.push(region.textContent ?? "")).observe(region, options);
    Object.assign(window, { said });
  });
}

function announcements(page: WatchedPage): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { said: string[] }).said.filter((text) => text !== ""));
}
