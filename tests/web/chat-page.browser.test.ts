import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../src/server/start-server.ts";
import { DESKTOP, PHONE, sharedBrowser, type WatchedPage } from "../support/browser.ts";
import { deferred } from "../support/deferred.ts";
import { NEWSPAPER_ARTICLES, newspaperArticle } from "../support/newspaper-articles.ts";
import {
  eventsOf,
  noEvidenceAnswer,
  quotedAnswer,
  type Script,
  serveScripted,
} from "../support/scripted-chatbot.ts";

const QUESTION = "株洲支援黄冈医疗队累计治愈出院多少例患者？";
const CURED =
  "作为株洲支援黄冈医疗队的临时党支部书记、队长，刘毅带领74名白衣战士与病毒鏖战，与死神抢人，奋战53天后终于交出满意“答卷”——在黄冈累计治愈出院患者74例，所有队员实现“零感染”。";
const MEMBERS = "目前有党员24名。";

const hospital = newspaperArticle("zhuzhou-zhongxin-2020");
const branch = newspaperArticle("zhuzhou-zhongxin-diyizhibu-2024");
const answer = (question: string) =>
  quotedAnswer(question, [
    { article: hospital, quote: CURED, focus: "74例" },
    { article: branch, quote: MEMBERS },
  ]);

let script: Script;
let server: RunningServer;
const browser = sharedBrowser();

beforeAll(async () => {
  server = await serveScripted(NEWSPAPER_ARTICLES, (question, options) => script(question, options), {
    suggestions: [QUESTION, "第一党支部目前有多少名党员？"],
  });
});
afterAll(() => server.close());

const answers: Script = (question) => eventsOf(answer(question), { piece: 40 });

async function openAndAsk(page: WatchedPage, question = QUESTION): Promise<void> {
  await page.getByRole("textbox", { name: "您的问题" }).fill(question);
  await page.keyboard.press("Enter");
}

const answered = (page: WatchedPage) => page.locator('.turn[data-phase="answered"]').last().waitFor();

describe("the empty chat page", () => {
  it("says what can be asked about and asks a sample question at one press", async () => {
    script = answers;
    const page = await browser.open(server.url);
    await expect.poll(() => page.locator(".corpus").textContent()).toContain("5 篇文章");
    await page.getByRole("button", { name: QUESTION }).click();
    await answered(page);
    expect(await page.locator(".question").textContent()).toBe(QUESTION);
    expect(page.foreignRequests).toEqual([]);
  });

  it("speaks the browser's language, and another one when told to", async () => {
    const page = await browser.open(server.url, { locale: "zh-TW" });
    await page.getByRole("heading", { name: "問一句，看原文怎麼說。" }).waitFor();
    await page.getByRole("button", { name: "顯示與語言" }).click();
    await page.getByLabel("English").check();
    await page.getByRole("heading", { name: "Ask, and read it in the original." }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Ask, and read it in the original." }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  });

  it("keeps the theme that was chosen", async () => {
    const page = await browser.open(server.url, { colorScheme: "light" });
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

describe("an answer", () => {
  it("is its quotes, each once, with number, article and the short answer in bold", async () => {
    script = answers;
    const page = await browser.open(server.url);
    await openAndAsk(page);
    await answered(page);
    const excerpts = page.locator(".excerpt");
    expect(await excerpts.count()).toBe(2);
    expect(await excerpts.first().locator(".quote").textContent()).toBe(`${CURED}1`);
    expect(await page.locator("strong.focus").textContent()).toBe("74例");
    expect(await excerpts.nth(1).locator(".source-link").textContent()).toContain("株洲日报");
    expect((await page.locator(".answer").textContent())?.split(CURED).length).toBe(2);
  });

  it("grows while it streams, and what is read does not move", async () => {
    const gate = deferred();
    script = (question) => {
      let sent = 0;
      const pause = async () => {
        sent += 1;
        if (sent > 2) await gate.promise;
      };
      return eventsOf(answer(question), { piece: 20, pause });
    };
    const page = await browser.open(server.url);
    await watchLayoutShift(page);
    await openAndAsk(page);
    await page.locator(".quote", { hasText: CURED.slice(0, 40) }).waitFor();
    expect(await page.locator(".quote").textContent()).toBe(CURED.slice(0, 40));
    const top = (await page.locator(".quote").boundingBox())?.y;
    gate.resolve();
    await answered(page);
    expect((await page.locator(".quote").first().boundingBox())?.y).toBe(top);
    expect(await layoutShift(page)).toBeLessThan(0.02);
  });

  it("opens its article beside the chat, with exactly the quote marked and in sight", async () => {
    script = answers;
    const page = await browser.open(server.url, { viewport: DESKTOP });
    await openAndAsk(page);
    await answered(page);
    await page.getByRole("button", { name: /^引文 1/ }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(CURED);
    await expectInSight(page);
    const [chat, source] = await Promise.all([
      page.locator(".chat").boundingBox(),
      page.locator(".source").boundingBox(),
    ]);
    expect(source?.x).toBeGreaterThanOrEqual((chat?.x ?? 0) + (chat?.width ?? 0) - 1);

    await page.getByRole("button", { name: "下一处" }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(MEMBERS);
    await expectInSight(page);
    expect(await page.locator(".source-name").textContent()).toBe("「医」路高歌红旗扬");
    await page.getByRole("button", { name: "上一处" }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(CURED);

    await page.keyboard.press("Escape");
    await page.locator(".source").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("chip");
  });

  it("on a phone opens its article over the chat, which is out of reach until one goes back", async () => {
    script = answers;
    const page = await browser.open(server.url, { viewport: PHONE });
    await openAndAsk(page);
    await answered(page);
    await page
      .getByRole("button", { name: /看原文/ })
      .first()
      .click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(CURED);
    await expectInSight(page);
    expect(await page.locator("main").getAttribute("inert")).toBe("");
    expect(await page.locator(".source").boundingBox()).toEqual({ x: 0, y: 0, ...PHONE });
    await page.goBack();
    await page.locator(".source").waitFor({ state: "detached" });
    expect(await page.locator("main").getAttribute("inert")).toBeNull();
  });

  it("that cannot be given says so calmly and shows the nearest passages", async () => {
    script = (question) => eventsOf(noEvidenceAnswer(question, [{ article: hospital, quote: CURED }]));
    const page = await browser.open(server.url);
    await openAndAsk(page, "长沙地铁六号线是哪一年开通的？");
    await answered(page);
    expect(await page.locator(".no-evidence-lead").textContent()).toBe("这些文章里没有找到答案。");
    await page.getByRole("button", { name: /看原文/ }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(CURED);
  });

  it("of a language model carries chips in its sentences that show the quote on hover and focus", async () => {
    script = (question) => {
      const written = {
        ...answer(question),
        text: "治愈出院患者74例[1]。\n党员有24名[2]，见报道[9]。",
        mode: "generative",
      } as const;
      return eventsOf(written);
    };
    const page = await browser.open(server.url);
    await openAndAsk(page);
    await answered(page);
    const card = page.locator(".card").first();
    expect(await card.isVisible()).toBe(false);
    await page.locator(".prose .chip").first().hover();
    await expect.poll(() => card.isVisible()).toBe(true);
    expect(await card.locator(".card-quote").textContent()).toBe(CURED);
    await page.mouse.move(0, 0);
    await page.locator(".prose .chip").first().focus();
    await expect.poll(() => card.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => card.isVisible()).toBe(false);
    expect(await page.locator(".prose").nth(1).textContent()).toContain("见报道[9]。");
    expect(await page.locator(".quotes .excerpt").count()).toBe(2);
  });

  it("is said once, as a whole, to a screen reader", async () => {
    script = answers;
    const page = await browser.open(server.url);
    await page.evaluate(() => {
      const said: string[] = [];
      const region = document.querySelector(".announcement")!;
      new MutationObserver(() => said.push(region.textContent ?? "")).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      Object.assign(window, { said });
    });
    await openAndAsk(page);
    await answered(page);
    const said = await page.evaluate(() =>
      (window as unknown as { said: string[] }).said.filter((text) => text !== ""),
    );
    expect(said).toEqual(["正在找原文……", `已回答，引用原文 2 处。 ${CURED}[1]\n${MEMBERS}[2]`]);
    expect(await page.locator(".turns [aria-live], .turns [role=status]").count()).toBe(0);
  });

  it("can be copied with its sources", async () => {
    script = answers;
    const page = await browser.open(server.url, { permissions: ["clipboard-read", "clipboard-write"] });
    await openAndAsk(page);
    await answered(page);
    await page.getByRole("button", { name: "复制回答和出处" }).click();
    await page.getByRole("button", { name: "已复制" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const { span } = answer(QUESTION).citations[0]!;
    expect(copied).toContain(`${CURED}[1]`);
    expect(copied).toContain(
      `[1] ${hospital.title} ${server.url}/articles/${hospital.id}#c=${span.start}-${span.end}`,
    );
  });

  it("can be rated with a remark, which is kept here where the server takes none", async () => {
    script = answers;
    const page = await browser.open(server.url, { expected: /404/ });
    await openAndAsk(page);
    await answered(page);
    await page.getByRole("button", { name: "有帮助" }).click();
    await page.getByRole("textbox", { name: /补充/ }).fill("很清楚");
    const sent = page.waitForRequest(/\/api\/feedback$/);
    await page.getByRole("button", { name: "提交" }).click();
    expect((await sent).postDataJSON()).toEqual({
      answerId: "answer-1",
      question: QUESTION,
      rating: "up",
      remark: "很清楚",
    });
    await page.getByText("谢谢，已记在本页。").waitFor();
    expect(await page.getByRole("button", { name: "有帮助" }).getAttribute("aria-pressed")).toBe("true");
  });
});

describe("a question", () => {
  it("can be stopped, keeps what had come, and can be asked again", async () => {
    let hasStopped = false;
    script = (question, { signal }) => {
      let sent = 0;
      const pause = async () => {
        sent += 1;
        if (sent < 3) return;
        await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
        hasStopped = true;
      };
      return eventsOf(answer(question), { piece: 30, pause });
    };
    const page = await browser.open(server.url);
    await openAndAsk(page);
    await page.locator(".quote").waitFor();
    await page.getByRole("button", { name: "停止" }).click();
    await page.getByText("已停止。", { exact: true }).first().waitFor();
    await expect.poll(() => hasStopped).toBe(true);
    expect(await page.locator(".quote").textContent()).toContain("刘毅");
    script = answers;
    await page.getByRole("button", { name: "重新提问" }).click();
    await answered(page);
    expect(await page.locator(".turn").count()).toBe(1);
  });

  it("is stopped by Esc, from wherever the focus is", async () => {
    script = (question, { signal }) =>
      eventsOf(answer(question), {
        pause: () => new Promise((resolve) => signal?.addEventListener("abort", () => resolve())),
      });
    const page = await browser.open(server.url);
    await openAndAsk(page);
    await page.locator('.turn[data-phase="answering"]').waitFor();
    await page.getByRole("link", { name: "文章" }).focus();
    await page.keyboard.press("Escape");
    await page.locator('.turn[data-phase="stopped"]').waitFor();
  });

  it("is kept in the tab with its answer, and its history goes with the next one", async () => {
    script = answers;
    const page = await browser.open(server.url);
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
        { role: "assistant", content: answer(QUESTION).text },
      ],
    });
    await page.getByRole("button", { name: "新对话" }).click();
    await page.locator(".welcome").waitFor();
    await page.reload();
    await page.locator(".welcome").waitFor();
  });

  it("is not sent by the Enter that ends a composition of an input method, nor by Shift+Enter", async () => {
    script = answers;
    const page = await browser.open(server.url);
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
    script = answers;
    const page = await browser.open(server.url);
    await openAndAsk(page);
    await answered(page);
    await page.keyboard.press("ArrowUp");
    expect(await page.getByRole("textbox", { name: "您的问题" }).inputValue()).toBe(QUESTION);
  });

  it("of more than 500 characters is counted and not sent", async () => {
    script = answers;
    const page = await browser.open(server.url);
    await openAndAsk(page, "问".repeat(512));
    await page.getByText("问题最多 500 字，超出 12 字。").waitFor();
    expect(await page.getByRole("button", { name: "提问" }).isDisabled()).toBe(true);
    expect(await page.locator(".turn").count()).toBe(0);
  });

  it("that fails on the way says why in words and can be tried again", async () => {
    script = answers;
    const page = await browser.open(server.url, { expected: /503|400|ERR_/ });
    const faults = [
      { reply: { status: 503, body: '{"error":{"code":"X","message":"busy"}}' }, says: "现在提问的人太多" },
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
      reply = faults[index + 1]?.reply ?? reply;
      if (index === faults.length - 1) await page.unroute("**/api/ask");
      await page.getByRole("button", { name: "再试一次" }).click();
    }
    await answered(page);
    expect(await page.locator(".turn").count()).toBe(1);
  });

  it("asked offline says that there is no network, and works once there is", async () => {
    script = answers;
    const page = await browser.open(server.url, { expected: /ERR_INTERNET_DISCONNECTED/ });
    await page.context().setOffline(true);
    await openAndAsk(page);
    await page.locator(".problem", { hasText: "现在没有网络" }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "再试一次" }).click();
    await answered(page);
  });
});

async function expectInSight(page: WatchedPage): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const mark = document.querySelector("mark")!.getBoundingClientRect();
        const frame = document.querySelector(".source-body")!.getBoundingClientRect();
        return mark.top >= frame.top && mark.bottom <= frame.bottom;
      }),
    )
    .toBe(true);
}

type LayoutShift = PerformanceEntry & { readonly value: number; readonly hadRecentInput: boolean };

async function watchLayoutShift(page: WatchedPage): Promise<void> {
  await page.evaluate(() => {
    const state = { shift: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[])
        if (!entry.hadRecentInput) state.shift += entry.value;
    }).observe({ type: "layout-shift" });
    Object.assign(window, { state });
  });
}

function layoutShift(page: WatchedPage): Promise<number> {
  return page.evaluate(() => (window as unknown as { state: { shift: number } }).state.shift);
}
