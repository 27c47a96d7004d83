import { describe, expect, it } from "vitest";
import { type OpenOptions, SIZES, sharedBrowser } from "../../support/browser/browser.ts";
import { answered } from "../../support/browser/turns.ts";
import { eventsOf } from "../../support/servers/scripted-chatbot.ts";
import {
  answersTwoQuotes,
  openAndAsk,
  QUESTION,
  servedChat,
  twoQuotes,
} from "../../support/servers/served-chat.ts";

const chat = servedChat();
const browser = sharedBrowser();

describe.each(SIZES)("the empty chat page, on a %s,", (_size, viewport) => {
  it("says what can be asked about and asks a sample question at one press", async () => {
    chat.script = answersTwoQuotes;
    const page = await browser.open(chat.url, { viewport });
    await expect.poll(() => page.locator(".corpus").textContent()).toContain("5 篇文章");
    await page.getByRole("button", { name: QUESTION }).click();
    await answered(page);
    expect(await page.locator(".question").textContent()).toBe(QUESTION);
    expect(page.foreignRequests).toEqual([]);
  });

  it("speaks the browser's language, and another one when told to", async () => {
    const page = await browser.open(chat.url, { viewport, locale: "zh-TW" });
    await page.getByRole("heading", { name: "問一句，看原文怎麼說。" }).waitFor();
    await page.getByRole("button", { name: "顯示與語言" }).click();
    await page.getByLabel("English").check();
    await page.getByRole("heading", { name: "Ask, and read it in the original." }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Ask, and read it in the original." }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  });

  it("keeps the theme that was chosen", async () => {
    const page = await browser.open(chat.url, { viewport, colorScheme: "light" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole("button", { name: "显示与语言" }).click();
    await page.getByLabel("深色").check();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await ground()).toBe(dark);
  });
});

describe.each(SIZES)("a question, on a %s,", (_size, viewport) => {
  const open = (options: OpenOptions = {}) => browser.open(chat.url, { viewport, ...options });

  it("can be stopped, keeps what had come, and can be asked again", async () => {
    let hasStopped = false;
    chat.script = (question, { signal }) => {
      let sent = 0;
      const pause = async () => {
        sent += 1;
        if (sent < 3) return;
        await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
        hasStopped = true;
      };
      return eventsOf(twoQuotes(question), { piece: 30, pause });
    };
    const page = await open();
    await openAndAsk(page);
    await page.locator(".quote").waitFor();
    await page.getByRole("button", { name: "停止" }).click();
    await page.getByText("已停止。", { exact: true }).first().waitFor();
    await expect.poll(() => hasStopped).toBe(true);
    expect(await page.locator(".quote").textContent()).toContain("刘毅");
    chat.script = answersTwoQuotes;
    await page.getByRole("button", { name: "重新提问" }).click();
    await answered(page);
    expect(await page.locator(".turn").count()).toBe(1);
  });

  it("is stopped by Esc, from wherever the focus is", async () => {
    chat.script = (question, { signal }) =>
      eventsOf(twoQuotes(question), {
        pause: () => new Promise((resolve) => signal?.addEventListener("abort", () => resolve())),
      });
    const page = await open();
    await openAndAsk(page);
    await page.locator('.turn[data-phase="answering"]').waitFor();
    await page.getByRole("link", { name: "文章" }).focus();
    await page.keyboard.press("Escape");
    await page.locator('.turn[data-phase="stopped"]').waitFor();
  });

  it("is kept in the tab with its answer, and its history goes with the next one", async () => {
    chat.script = answersTwoQuotes;
    const page = await open();
    await openAndAsk(page);
    await answered(page);
    await page.reload();
    await answered(page);
    expect(await page.locator(".excerpt").count()).toBe(2);
    const sent = page.waitForRequest(/\/api\/ask$/);
    await openAndAsk(page, "他们奋战了多少天？");
    expect((await sent).postDataJSON()).toEqual({
      question: "他们奋战了多少天？",
      history: [
        { role: "user", content: QUESTION },
        { role: "assistant", content: twoQuotes(QUESTION).text },
      ],
    });
    await page.getByRole("button", { name: "新对话" }).click();
    await page.locator(".welcome").waitFor();
    await page.reload();
    await page.locator(".welcome").waitFor();
  });

  it("is not lost when the page is left before its answer is there", async () => {
    chat.script = (question, { signal }) =>
      eventsOf(twoQuotes(question), {
        pause: () => new Promise((resolve) => signal?.addEventListener("abort", () => resolve())),
      });
    const page = await open();
    await openAndAsk(page);
    await page.locator('.turn[data-phase="answering"]').waitFor();
    await page.reload();
    await page.locator('.turn[data-phase="stopped"] .question', { hasText: QUESTION }).waitFor();
    chat.script = answersTwoQuotes;
    await page.getByRole("button", { name: "重新提问" }).click();
    await answered(page);
  });

  it("is not sent by the Enter that ends a composition of an input method, nor by Shift+Enter", async () => {
    chat.script = answersTwoQuotes;
    const page = await open();
    const field = page.getByRole("textbox", { name: "您的问题" });
    await field.click();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Input.imeSetComposition", { text: "zhuzhou", selectionStart: 7, selectionEnd: 7 });
    await devtools.send("Input.dispatchKeyEvent", {
      type: "keyDown",
      key: "Enter",
      code: "Enter",
      windowsVirtualKeyCode: 229,
    });
    await devtools.send("Input.insertText", { text: "株洲" });
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("?");
    expect(await field.inputValue()).toBe("株洲\n?");
    expect(await page.locator(".turn").count()).toBe(0);
    await page.keyboard.press("Enter");
    await answered(page);
    expect(await page.locator(".question").textContent()).toBe("株洲\n?");
  });

  it("comes back with ↑ into an empty field", async () => {
    chat.script = answersTwoQuotes;
    const page = await open();
    await openAndAsk(page);
    await answered(page);
    await page.keyboard.press("ArrowUp");
    expect(await page.getByRole("textbox", { name: "您的问题" }).inputValue()).toBe(QUESTION);
  });

  it("of more than 500 characters is counted and not sent", async () => {
    chat.script = answersTwoQuotes;
    const page = await open();
    await openAndAsk(page, "问".repeat(512));
    await page.getByText("问题最多 500 字，超出 12 字。").waitFor();
    expect(await page.getByRole("button", { name: "提问" }).isDisabled()).toBe(true);
    expect(await page.locator(".turn").count()).toBe(0);
  });

  it("that fails on the way says why in words and can be tried again", async () => {
    chat.script = answersTwoQuotes;
    const page = await open({ expected: /503|429|400|ERR_/ });
    const faults = [
      { reply: { status: 503, body: '{"error":{"code":"X","message":"busy"}}' }, says: "现在提问的人太多" },
      { reply: { status: 429, body: "{}" }, says: "问得太快了" },
      { reply: "abort" as const, says: "连不上服务器" },
      {
        reply: { status: 200, contentType: "text/event-stream", body: "event: text-delta\ndata: {" },
        says: "回答中途断了",
      },
      {
        reply: {
          status: 200,
          contentType: "text/event-stream",
          body: 'event: answer-error\ndata: {"error":{}}\n\n',
        },
        says: "服务器出了问题",
      },
      {
        reply: { status: 400, body: '{"error":{"code":"X","message":"这句话说不通。"}}' },
        says: "这句话说不通。",
      },
    ];
    let reply: (typeof faults)[number]["reply"] = "abort";
    await page.route("**/api/ask", (route) => (reply === "abort" ? route.abort() : route.fulfill(reply)));
    reply = faults[0]!.reply;
    await openAndAsk(page);
    for (const [index, fault] of faults.entries()) {
      await page.locator(".problem", { hasText: fault.says }).waitFor();
      await expect.poll(() => page.locator(".announcement").textContent()).toContain(fault.says);
      reply = faults[index + 1]?.reply ?? reply;
      if (index === faults.length - 1) await page.unroute("**/api/ask");
      await page.getByRole("button", { name: "再试一次" }).click();
    }
    await answered(page);
    expect(await page.locator(".turn").count()).toBe(1);
  });

  it("asked offline says that there is no network, and works once there is", async () => {
    chat.script = answersTwoQuotes;
    const page = await open({ expected: /ERR_INTERNET_DISCONNECTED/ });
    await page.context().setOffline(true);
    await openAndAsk(page);
    await page.locator(".problem", { hasText: "现在没有网络" }).waitFor();
    await page.context().setOffline(false);
    await page.reload();
    await page.locator(".problem", { hasText: "现在没有网络" }).waitFor();
    await page.getByRole("button", { name: "再试一次" }).click();
    await answered(page);
  });
});
