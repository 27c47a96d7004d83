import { describe, expect, it } from "vitest";
import { PHONE, sharedBrowser, type WatchedPage } from "../../support/browser/browser.ts";
import { answered } from "../../support/browser/turns.ts";
import {
  answersTwoQuotes,
  openAndAsk,
  QUESTION,
  servedChat,
  siteWithWidget,
} from "../../support/servers/served-chat.ts";

const chat = servedChat();
const browser = sharedBrowser();
const KEYBOARD = 300;
const ON_ITS_SIDE = { width: 720, height: 375 } as const;

const FACES: readonly [name: string, address: () => Promise<string>][] = [
  ["the page", async () => chat.url],
  ["the widget", () => siteWithWidget(chat)],
];

describe.each(FACES)("%s on a phone", (name, address) => {
  const open = async (viewport: { width: number; height: number } = PHONE) => {
    chat.script = answersTwoQuotes;
    return browser.open(await address(), { viewport, hasTouch: true });
  };

  it("keeps the field and the new question in sight above a keyboard that shrinks the window", async () => {
    const page = await open();
    await page.setViewportSize({ width: PHONE.width, height: PHONE.height - KEYBOARD });
    await openAndAsk(page);
    await answered(page);
    await expect.poll(() => bottomOf(page, ".composer-box")).toBeLessThanOrEqual(PHONE.height - KEYBOARD);
    await expect.poll(async () => (await page.locator(".question").boundingBox())?.y).toBeGreaterThan(0);
    expect(await bottomOf(page, ".question")).toBeLessThan(PHONE.height - KEYBOARD);
  });

  it("keeps the field above a keyboard that lies over the window, as on an iPhone", async () => {
    const page = await open();
    await page.locator(".composer-box").waitFor();
    const before = await bottomOf(page, ".composer-box");
    await showKeyboard(page, KEYBOARD);
    await expect.poll(() => bottomOf(page, ".composer-box")).toBeLessThanOrEqual(PHONE.height - KEYBOARD);
    expect(await bottomOf(page, ".composer-box")).toBeGreaterThan(PHONE.height - KEYBOARD - 60);
    await showKeyboard(page, 0);
    await expect.poll(() => bottomOf(page, ".composer-box")).toBe(before);
  });

  it("keeps clear of a notch and of the bar at the bottom", async () => {
    const page = await open();
    await page.locator(".composer-box").waitFor();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setSafeAreaInsetsOverride", { insets: { top: 47, bottom: 34 } });
    const head = name === "the page" ? ".wordmark" : ".name";
    await expect.poll(async () => (await page.locator(head).boundingBox())?.y).toBeGreaterThanOrEqual(47);
    await expect.poll(() => bottomOf(page, ".composer-box")).toBeLessThanOrEqual(PHONE.height - 34);
    await openAndAsk(page);
    await answered(page);
    await page.locator(".chip").first().click();
    await page.locator("mark").waitFor();
    expect((await page.locator(".source-name").boundingBox())?.y).toBeGreaterThanOrEqual(47);
  });

  it("can be used on its side, without scrolling sideways", async () => {
    const page = await open(ON_ITS_SIDE);
    await openAndAsk(page);
    await answered(page);
    const log = await page.locator(name === "the page" ? ".turns" : ".log").boundingBox();
    expect(log?.height).toBeGreaterThan(200);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  });
});

describe("what covers a phone's screen", () => {
  it("keeps the Tab key inside the widget, round at both ends, and calls itself modal", async () => {
    chat.script = answersTwoQuotes;
    const page = await browser.open(await siteWithWidget(chat), { viewport: PHONE });
    await page.evaluate(() => document.body.append(document.createElement("button")));
    await page.getByRole("button", { name: QUESTION }).waitFor();
    expect(await page.locator(".panel").getAttribute("aria-modal")).toBe("true");
    await page.getByRole("textbox").focus();
    const seen: string[] = [];
    for (const key of [...Array<string>(8).fill("Tab"), ...Array<string>(8).fill("Shift+Tab")]) {
      await page.keyboard.press(key);
      seen.push(await page.evaluate(() => document.activeElement?.localName ?? ""));
    }
    expect(new Set(seen)).toEqual(new Set(["wenju-chat"]));
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(() => page.locator(".panel").getAttribute("aria-modal")).toBeNull();
  });

  it("leaves nothing of the page within reach of the keyboard while an article covers it", async () => {
    chat.script = answersTwoQuotes;
    const page = await browser.open(chat.url, { viewport: PHONE });
    await openAndAsk(page);
    await answered(page);
    await page.locator(".chip").first().click();
    await page.locator("mark").waitFor();
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press("Tab");
      const where = await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement === document.body || activeElement?.closest(".source") !== null;
      });
      expect(where).toBe(true);
    }
  });
});

async function bottomOf(page: WatchedPage, selector: string): Promise<number> {
  const box = await page.locator(selector).first().boundingBox();
  return (box?.y ?? 0) + (box?.height ?? 0);
}

/** No browser without a screen shows a keyboard: the visual viewport is told what a phone would tell. */
async function showKeyboard(page: WatchedPage, height: number): Promise<void> {
  await page.evaluate((covered) => {
    const seen = window.visualViewport!;
    Object.defineProperty(seen, "height", { configurable: true, get: () => innerHeight - covered });
    seen.dispatchEvent(new Event("resize"));
  }, height);
}
