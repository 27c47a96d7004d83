import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { FeedbackLog } from "../../../src/server/journal/feedback-log.ts";
import {
  DESKTOP,
  type OpenOptions,
  PHONE,
  SIZES,
  sharedBrowser,
  type WatchedPage,
} from "../../support/browser/browser.ts";
import { layoutShift, watchLayoutShift } from "../../support/browser/layout-shift.ts";
import { answered } from "../../support/browser/turns.ts";
import { deferred } from "../../support/deferred.ts";
import { NEWSPAPER_ARTICLES } from "../../support/indexes/newspaper-articles.ts";
import { eventsOf, noEvidenceAnswer, serveScripted } from "../../support/servers/scripted-chatbot.ts";
import {
  answersTwoQuotes,
  CURED,
  HOSPITAL,
  MEMBERS,
  openAndAsk,
  QUESTION,
  servedChat,
  twoQuotes,
} from "../../support/servers/served-chat.ts";
import { temporaryFolders } from "../../support/temporary-folder.ts";

const chat = servedChat();
const newFolder = temporaryFolders();
const browser = sharedBrowser();

describe.each(SIZES)("an answer, on a %s,", (_size, viewport) => {
  const open = (options: OpenOptions = {}) => browser.open(chat.url, { viewport, ...options });

  it("is its quotes, each once, with number, article and the short answer in bold", async () => {
    chat.script = answersTwoQuotes;
    const page = await open();
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
    chat.script = (question) => {
      let sent = 0;
      const pause = async () => {
        sent += 1;
        if (sent > 2) await gate.promise;
      };
      return eventsOf(twoQuotes(question), { piece: 20, pause });
    };
    const page = await open();
    await openAndAsk(page);
    await page.locator(".quote", { hasText: CURED.slice(0, 40) }).waitFor();
    await watchLayoutShift(page);
    expect(await page.locator(".quote").textContent()).toBe(CURED.slice(0, 40));
    const top = (await page.locator(".quote").boundingBox())?.y;
    gate.resolve();
    await answered(page);
    expect((await page.locator(".quote").first().boundingBox())?.y).toBe(top);
    expect(await layoutShift(page)).toBeLessThan(0.02);
  });

  it("moves nothing under an answer that stands there, when another one streams", async () => {
    const gate = deferred();
    chat.script = answersTwoQuotes;
    const page = await open();
    await openAndAsk(page);
    await answered(page);
    chat.script = (question) => {
      const pause = async () => {
        await gate.promise;
        await new Promise((resolve) => setTimeout(resolve, 5));
      };
      return eventsOf(twoQuotes(question), { piece: 10, pause });
    };
    await openAndAsk(page, "他们奋战了多少天？");
    await page.locator('.turn[data-phase="answering"]').waitFor();
    await page.waitForFunction(isStill);
    await watchLayoutShift(page);
    gate.resolve();
    await page.locator('.turn:last-child[data-phase="answered"]').waitFor();
    expect(await layoutShift(page)).toBeLessThan(0.02);
  });

  it("found by words alone says so", async () => {
    chat.script = (question) => eventsOf({ ...twoQuotes(question), searchedBy: "words" });
    const page = await open();
    await openAndAsk(page);
    await answered(page);
    await page.locator(".by-words", { hasText: "这次只按字面查找" }).waitFor();
    expect(await page.locator(".announcement").textContent()).toContain("这次只按字面查找");
    chat.script = answersTwoQuotes;
    await openAndAsk(page);
    await answered(page);
    expect(await page.locator(".by-words").count()).toBe(1);
  });

  it("that cannot be given says so calmly and shows the nearest passages", async () => {
    chat.script = (question) => eventsOf(noEvidenceAnswer(question, [{ article: HOSPITAL, quote: CURED }]));
    const page = await open();
    await openAndAsk(page, "长沙地铁六号线是哪一年开通的？");
    await answered(page);
    expect(await page.locator(".no-evidence-lead").textContent()).toBe("这些文章里没有找到答案。");
    await page.getByRole("button", { name: /看原文/ }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(CURED);
  });

  it("of a language model carries chips in its sentences that show the quote on hover and focus", async () => {
    chat.script = (question) => {
      const written = {
        ...twoQuotes(question),
        text: "治愈出院患者74例[1]。\n党员有24名[2]，见报道[9]。",
        mode: "generative",
      } as const;
      return eventsOf(written);
    };
    const page = await open();
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
    chat.script = answersTwoQuotes;
    const page = await open();
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
    chat.script = answersTwoQuotes;
    const page = await open({ permissions: ["clipboard-read", "clipboard-write"] });
    await openAndAsk(page);
    await answered(page);
    await page.getByRole("button", { name: "复制回答和出处" }).click();
    await page.getByRole("button", { name: "已复制" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const { span } = twoQuotes(QUESTION).citations[0]!;
    expect(copied).toContain(`${CURED}[1]`);
    expect(copied).toContain(
      `[1] 《${HOSPITAL.title}》 ${chat.url}/articles/${HOSPITAL.id}#c=${span.start}-${span.end}`,
    );
    expect(copied).toMatch(/\[2\] 《「医」路高歌红旗扬.*》 株洲日报 http/);
  });

  it("can be rated with a remark, which is kept here where the server takes none", async () => {
    chat.script = answersTwoQuotes;
    const page = await open({ expected: /404/ });
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

describe("a rating", () => {
  it("is kept by a server that takes it", async () => {
    const file = join(await newFolder(), "feedback.jsonl");
    const server = await serveScripted(NEWSPAPER_ARTICLES, answersTwoQuotes, {
      feedback: new FeedbackLog(file),
    });
    onTestFinished(() => server.close());
    const page = await browser.open(server.url);
    await openAndAsk(page);
    await answered(page);
    await page.getByRole("button", { name: "没帮助" }).click();
    await page.getByRole("textbox", { name: /补充/ }).fill("出处不对");
    await page.getByRole("button", { name: "提交" }).click();
    await page.getByText("谢谢，已收到。").waitFor();
    const kept: unknown = JSON.parse(await readFile(file, "utf8"));
    expect(kept).toMatchObject({ question: QUESTION, rating: "down", remark: "出处不对" });
  });
});

describe("the source of an answer", () => {
  it("opens beside the chat, with exactly the quote marked and in sight", async () => {
    chat.script = answersTwoQuotes;
    const page = await browser.open(chat.url, { viewport: DESKTOP });
    await openAndAsk(page);
    await answered(page);
    await page.getByRole("button", { name: /^引文 1/ }).click();
    await expect.poll(() => page.locator("mark").textContent()).toBe(CURED);
    await expectInSight(page);
    const [talk, source] = await Promise.all([
      page.locator(".chat").boundingBox(),
      page.locator(".source").boundingBox(),
    ]);
    expect(source?.x).toBeGreaterThanOrEqual((talk?.x ?? 0) + (talk?.width ?? 0) - 1);

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

  it("on a phone opens over the chat, which is out of reach until one goes back", async () => {
    chat.script = answersTwoQuotes;
    const page = await browser.open(chat.url, { viewport: PHONE });
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

/** True once the page has stopped scrolling to the new question. */
function isStill(): Promise<boolean> {
  const before = window.scrollY;
  return new Promise((resolve) => setTimeout(() => resolve(window.scrollY === before), 100));
}
