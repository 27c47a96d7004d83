import { describe, expect, it } from "vitest";
import { sharedBrowser, type WatchedPage } from "../../support/browser/browser.ts";
import { answered } from "../../support/browser/turns.ts";
import { eventsOf } from "../../support/servers/scripted-chatbot.ts";
import {
  answersTwoQuotes,
  openAndAsk,
  QUESTION,
  servedChat,
  siteWithWidget,
  twoQuotes,
} from "../../support/servers/served-chat.ts";

const chat = servedChat();
const browser = sharedBrowser();

const FACES: readonly [name: string, address: () => Promise<string>][] = [
  ["the page", async () => chat.url],
  ["the widget", () => siteWithWidget(chat)],
];

/** Whoever works with the keyboard loses their place when the pressed button goes away and focus falls back to the document. */
describe.each(FACES)("focus on %s", (_name, address) => {
  it("goes to the question that a suggestion asks", async () => {
    chat.script = answersTwoQuotes;
    const page = await browser.open(await address());
    await page.getByRole("button", { name: QUESTION }).focus();
    await page.keyboard.press("Enter");
    await answered(page);
    expect(await focused(page)).toBe("turn");
  });

  it("stays with a question that is stopped, and asked again", async () => {
    chat.script = (question, { signal }) =>
      eventsOf(twoQuotes(question), {
        pause: () => new Promise((resolve) => signal?.addEventListener("abort", () => resolve())),
      });
    const page = await browser.open(await address());
    await openAndAsk(page);
    await page.locator('.turn[data-phase="answering"]').waitFor();
    await page.getByRole("button", { name: "停止" }).focus();
    await page.keyboard.press("Enter");
    await page.locator('.turn[data-phase="stopped"]').waitFor();
    expect(await focused(page)).toBe("turn");
    chat.script = answersTwoQuotes;
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("button");
    await page.keyboard.press("Enter");
    await answered(page);
    expect(await focused(page)).toBe("turn");
  });

  it("stays with an answer that is rated", async () => {
    chat.script = answersTwoQuotes;
    const page = await browser.open(await address(), { expected: /404/ });
    await openAndAsk(page);
    await answered(page);
    await page.getByRole("button", { name: "有帮助" }).click();
    await page.getByRole("textbox", { name: /补充/ }).press("Enter");
    await page.locator(".rating-state").waitFor();
    expect(await focused(page)).toBe("turn");
  });

  it("goes to the field of a new conversation", async () => {
    chat.script = answersTwoQuotes;
    const page = await browser.open(await address());
    await openAndAsk(page);
    await answered(page);
    await page.getByRole("button", { name: "新对话" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".suggestion").first().waitFor();
    expect(await focused(page)).toBe("composer-field");
  });
});

/** The class of what has focus, through shadow roots. */
function focused(page: WatchedPage): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.className ?? "";
  });
}
