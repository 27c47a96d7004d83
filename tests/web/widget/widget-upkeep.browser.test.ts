import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sharedBrowser } from "../../support/browser/browser.ts";
import { answered } from "../../support/browser/turns.ts";
import { hostSite } from "../../support/servers/host-site.ts";
import { WEB_FOLDER } from "../../support/servers/scripted-chatbot.ts";
import { ask, QUESTION, servedWidget } from "../../support/servers/served-widget.ts";

const wenju = servedWidget();
const browser = sharedBrowser();

describe("the widget's upkeep", () => {
  it("leaves no listener and no request behind when it is removed and added 100 times", async () => {
    const page = await browser.open((await hostSite(wenju.html("open"))).url);
    await page.getByRole("button", { name: QUESTION }).waitFor();
    const requests = page.foreignRequests.length;
    const devtools = await page.context().newCDPSession(page);
    const measure = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      const { metrics } = await devtools.send("Performance.getMetrics");
      return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    };
    const cycle = (times: number) =>
      page.evaluate(async (count) => {
        const element = document.querySelector("wenju-chat")!;
        for (let index = 0; index < count; index += 1) {
          element.remove();
          document.body.append(element);
          await new Promise(requestAnimationFrame);
        }
      }, times);
    await devtools.send("Performance.enable");
    await cycle(5);
    const before = await measure();
    await cycle(100);
    const after = await measure();
    expect(after["JSEventListeners"]! - before["JSEventListeners"]!).toBeLessThanOrEqual(2);
    expect(after["Nodes"]! - before["Nodes"]!).toBeLessThanOrEqual(10);
    expect(page.foreignRequests.length).toBe(requests);
    await ask(page);
    await answered(page);
  });

  it("leaves nothing behind of 100 widgets that came and went, as in a page that a framework redraws", async () => {
    const page = await browser.open((await hostSite(wenju.html("open"))).url);
    await page.getByRole("button", { name: QUESTION }).waitFor();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable");
    const cycle = (times: number) =>
      page.evaluate(async (count) => {
        document.querySelector("wenju-chat")?.remove();
        for (let index = 0; index < count; index += 1) {
          const element = document.createElement("wenju-chat");
          element.setAttribute("title", "问问我们");
          document.body.append(element);
          await new Promise(requestAnimationFrame);
          element.remove();
        }
      }, times);
    const measure = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      const { metrics } = await devtools.send("Performance.getMetrics");
      return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    };
    await cycle(5);
    const requests = page.foreignRequests.length;
    const before = await measure();
    await cycle(100);
    const after = await measure();
    expect(after["JSEventListeners"]! - before["JSEventListeners"]!).toBeLessThanOrEqual(2);
    expect(after["Nodes"]! - before["Nodes"]!).toBeLessThanOrEqual(20);
    expect(page.foreignRequests.length).toBe(requests);
  });

  it("ends its stream when it is removed while an answer is coming", async () => {
    const page = await browser.open((await hostSite(wenju.html("open"))).url, { expected: /ERR_/ });
    await page.route("**/api/ask", () => {});
    const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/api/ask"));
    await ask(page);
    await page.locator('.turn[data-phase="asking"]').waitFor();
    await page.locator("wenju-chat").evaluate((element) => element.remove());
    expect((await failed).failure()?.errorText).toContain("ERR_ABORTED");
  });

  it("weighs at most 25 kB compressed, with all its styles, and holds no innerHTML and no eval", async () => {
    const bytes = await readFile(join(WEB_FOLDER, "widget.js"));
    expect(gzipSync(bytes, { level: 9 }).length).toBeLessThanOrEqual(25_000);
    expect(bytes.toString()).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
    );
    expect(bytes.toString()).not.toMatch(/\bimport\(|\bfrom"https?:/);
  });
});
