import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PHONE, SIZES, sharedBrowser, type WatchedPage } from "../../support/browser/browser.ts";
import { answered } from "../../support/browser/turns.ts";
import { hostSite } from "../../support/servers/host-site.ts";
import { WEB_FOLDER } from "../../support/servers/scripted-chatbot.ts";
import { ask, QUESTION, QUOTE, servedWidget } from "../../support/servers/served-widget.ts";

const wenju = servedWidget();
const browser = sharedBrowser();

const VIEWPORT = '<meta name="viewport" content="width=device-width">';
const strictPolicy = () =>
  `default-src 'none'; img-src data:; script-src ${wenju.endpoint}; connect-src ${wenju.endpoint}; require-trusted-types-for 'script'; trusted-types 'none'`;

describe("the widget on another site", () => {
  it.each(SIZES)(
    "on a %s asks, quotes, and shows the quote in its article under the strictest policy",
    async (_size, viewport) => {
      const site = await hostSite(wenju.html('title="问问我们"'), { policy: strictPolicy(), head: VIEWPORT });
      const page = await browser.open(site.url, { viewport });
      await page.getByRole("button", { name: "问问我们" }).click();
      await page.getByRole("button", { name: QUESTION }).click();
      await answered(page);
      expect(await page.locator("strong.focus").textContent()).toBe("1284名");
      await page.getByRole("button", { name: /^引文 1/ }).click();
      await expect.poll(() => page.locator("mark").textContent()).toBe(QUOTE);
      await expect
        .poll(() =>
          page.locator("mark").evaluate((mark) => {
            const [place, frame] = [
              mark.getBoundingClientRect(),
              mark.closest(".source-body")!.getBoundingClientRect(),
            ];
            return place.top >= frame.top && place.bottom <= frame.bottom;
          }),
        )
        .toBe(true);
      await page.keyboard.press("Escape");
      await page.locator(".source").waitFor({ state: "detached" });
      await page.keyboard.press("Escape");
      await page.locator(".panel").waitFor({ state: "detached" });
      expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className)).toBe(
        "launcher",
      );
      expectOnlyEndpoint(page);
    },
  );

  it("is dressed: its style sheets work where style elements are forbidden", async () => {
    const site = await hostSite(wenju.html('open accent="rgb(0, 90, 60)"'), { policy: strictPolicy() });
    const page = await browser.open(site.url);
    const look = await page.locator(".launcher").evaluate((button) => {
      const { backgroundColor, width, position } = getComputedStyle(button);
      return { backgroundColor, width, frame: getComputedStyle(button.parentElement!).position, position };
    });
    expect(look).toEqual({
      backgroundColor: "rgb(0, 90, 60)",
      width: "56px",
      frame: "fixed",
      position: "static",
    });
  });

  it("loads with its integrity hash, and not when the hash is another", async () => {
    const bytes = await readFile(join(WEB_FOLDER, "widget.js"));
    const hash = `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
    expect(await readFile(join(WEB_FOLDER, "demo.html"), "utf8")).toContain(hash);
    const tag = (integrity: string) =>
      `<script type="module" src="${wenju.endpoint}/widget.js" integrity="${integrity}" crossorigin="anonymous"></script><wenju-chat endpoint="${wenju.endpoint}"></wenju-chat>`;
    const page = await browser.open((await hostSite(tag(hash))).url);
    await page.locator(".launcher").waitFor();
    const refused = await browser.open((await hostSite(tag(hash.replace(/.{4}$/, "AAAA")))).url, {
      expected: /integrity/,
    });
    await expect.poll(() => refused.complaints.length).toBeGreaterThan(0);
    expect(await refused.locator(".launcher").count()).toBe(0);
  });

  it("asks nothing of its server before it is opened", async () => {
    const page = await browser.open((await hostSite(wenju.html())).url);
    await page.locator(".launcher").waitFor();
    expect(page.foreignRequests).toEqual([`${wenju.endpoint}/widget.js`]);
  });

  it("covers a phone's screen while open", async () => {
    const page = await browser.open((await hostSite(wenju.html("open"), { head: VIEWPORT })).url, {
      viewport: PHONE,
    });
    await expect.poll(() => page.locator(".panel").boundingBox()).toEqual({ x: 0, y: 0, ...PHONE });
  });

  it("stands inline where it is told to, as high as its site says", async () => {
    const page = await browser.open(
      (
        await hostSite(`<div>${wenju.html('mode="inline"')}</div>`, {
          head: "<style>wenju-chat{--wenju-height:444px}</style>",
        })
      ).url,
    );
    await page.getByRole("region", { name: "问据" }).waitFor();
    expect((await page.locator(".panel").boundingBox())?.height).toBe(444);
    expect(await page.locator(".launcher").count()).toBe(0);
    await ask(page);
    await answered(page);
  });

  it("speaks the language of its attribute, and another one when that changes", async () => {
    const page = await browser.open((await hostSite(wenju.html('open lang="zh-TW"'))).url);
    await page.getByRole("textbox", { name: "您的問題" }).waitFor();
    await page.locator("wenju-chat").evaluate((element) => element.setAttribute("lang", "en"));
    await page.getByRole("textbox", { name: "Your question" }).waitFor();
  });

  it("does not send by the Enter that ends a composition", async () => {
    const page = await browser.open((await hostSite(wenju.html("open"))).url);
    await page.getByRole("textbox").click();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Input.imeSetComposition", { text: "zhuzhou", selectionStart: 7, selectionEnd: 7 });
    await devtools.send("Input.dispatchKeyEvent", {
      type: "keyDown",
      key: "Enter",
      code: "Enter",
      windowsVirtualKeyCode: 229,
    });
    await devtools.send("Input.insertText", { text: "株洲" });
    expect(await page.getByRole("textbox").inputValue()).toBe("株洲");
    expect(await page.locator(".turn").count()).toBe(0);
    await page.keyboard.press("Enter");
    await answered(page);
  });

  it("keeps what is typed in it from the shortcuts of its host", async () => {
    const page = await browser.open((await hostSite(wenju.html("open"))).url);
    await page.evaluate(() => {
      const heard: string[] = [];
      for (const type of ["keydown", "keypress", "keyup"])
        document.addEventListener(type, () => heard.push(type));
      Object.assign(window, { heard });
    });
    await page.getByRole("textbox").pressSequentially("s/");
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([]);
  });
});

/** Requests beyond the page itself may go to the widget's server only. */
function expectOnlyEndpoint(page: WatchedPage): void {
  expect(page.foreignRequests.filter((url) => !url.startsWith(wenju.endpoint))).toEqual([]);
}
