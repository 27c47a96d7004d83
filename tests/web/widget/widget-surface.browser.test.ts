import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { sharedBrowser } from "../../support/browser/browser.ts";
import { answered } from "../../support/browser/turns.ts";
import { hostSite } from "../../support/servers/host-site.ts";
import {
  ask,
  BROKEN,
  HOSPITAL,
  NOWHERE,
  QUESTION,
  QUOTE,
  servedWidget,
  WRITTEN,
} from "../../support/servers/served-widget.ts";

const wenju = servedWidget();
const browser = sharedBrowser();

describe("the widget's surface", () => {
  it("tells what happens in events", async () => {
    const page = await browser.open((await hostSite(wenju.html())).url);
    await page.locator(".launcher").waitFor();
    await page.evaluate(() => {
      const told: unknown[] = [];
      for (const name of ["open", "question", "answer", "citation", "error"]) {
        document.addEventListener(`wenju-${name}`, (event) =>
          told.push([name, (event as CustomEvent).detail]),
        );
      }
      Object.assign(window, { told });
    });
    type Element = HTMLElement & { ask(question: string): Promise<void>; close(): void; open(): void };
    await page
      .locator("wenju-chat")
      .evaluate((element, question) => (element as Element).ask(question), QUESTION);
    await page.getByRole("button", { name: /^引文 1/ }).click();
    await page.locator("mark").waitFor();
    await page
      .locator("wenju-chat")
      .evaluate((element, question) => (element as Element).ask(question), BROKEN);
    const told = await page.evaluate(
      () => (window as unknown as { told: [string, Record<string, unknown>][] }).told,
    );
    expect(told.map(([name]) => name)).toEqual([
      "open",
      "question",
      "answer",
      "citation",
      "question",
      "error",
    ]);
    expect(told[1]?.[1]).toEqual({ question: QUESTION });
    expect(told[2]?.[1]).toMatchObject({ answer: { status: "answered", citations: [{ quote: QUOTE }] } });
    expect(told[3]?.[1]).toMatchObject({ articleId: HOSPITAL.id, marker: 1 });
    expect(told[5]?.[1]).toMatchObject({ code: "failed" });
  });

  it("opens and closes by method, by attribute, and by a property as frameworks write it", async () => {
    const page = await browser.open((await hostSite(wenju.html())).url);
    await page.locator(".launcher").waitFor();
    const panels = () => page.locator(".panel").count();
    type Step = "open" | "close" | "set" | "unset" | "attribute" | "remove";
    const run = (step: Step) =>
      page.locator("wenju-chat").evaluate((node, step) => {
        const element = node as unknown as { open: unknown; close(): void };
        if (step === "open") (element.open as () => void)();
        if (step === "close") element.close();
        if (step === "set") element.open = true;
        if (step === "unset") element.open = false;
        if (step === "attribute") node.setAttribute("open", "");
        if (step === "remove") node.removeAttribute("open");
      }, step);
    const ways = [
      ["open", "close"],
      ["set", "unset"],
      ["attribute", "remove"],
    ] as const;
    for (const [on, off] of ways) {
      await run(on);
      await expect.poll(panels, { message: on }).toBe(1);
      expect(await page.locator("wenju-chat").getAttribute("open")).toBe("");
      await run(off);
      await expect.poll(panels, { message: off }).toBe(0);
    }
  });

  it("shows its greeting, its suggestions, its side and its theme", async () => {
    const page = await browser.open(
      (
        await hostSite(
          wenju.html(
            'open greeting="有问必答" suggestions="一问？|二问？" position="bottom-left" theme="dark"',
          ),
        )
      ).url,
      { colorScheme: "light" },
    );
    await page.getByText("有问必答").waitFor();
    expect(await page.locator(".suggestion").allTextContents()).toEqual(["一问？", "二问？"]);
    expect((await page.locator(".launcher").boundingBox())?.x).toBe(20);
    expect(await page.locator(".panel").evaluate((panel) => getComputedStyle(panel).backgroundColor)).toBe(
      "rgb(23, 22, 20)",
    );
  });

  it("wears what its custom properties say, wherever they are set", async () => {
    const head = `<style>body { --wenju-accent: rgb(0, 90, 60); --wenju-on-accent: rgb(255, 255, 200) }
      wenju-chat { --wenju-font: monospace; --wenju-radius: 10px; --wenju-width: 333px; --wenju-height: 444px }</style>`;
    const page = await browser.open((await hostSite(wenju.html("open"), { head })).url);
    await page.locator(".suggestion").first().waitFor();
    const styleOf = (selector: string, name: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name);
    expect(await styleOf(".launcher", "background-color")).toBe("rgb(0, 90, 60)");
    expect(await styleOf(".launcher", "color")).toBe("rgb(255, 255, 200)");
    expect(await styleOf(".composer-field", "font-family")).toBe("monospace");
    expect(await styleOf(".send", "border-radius")).toBe("10px");
    expect(await styleOf(".panel", "width")).toBe("333px");
    expect(await styleOf(".panel", "height")).toBe("444px");
  });

  it("lets its site dress every documented part", async () => {
    const manual = await readFile(new URL("../../../docs/widget.md", import.meta.url), "utf8");
    const list = /`wenju-chat::part\(…\)`: (.*?)\. Nothing/s.exec(manual)?.[1] ?? "";
    const parts = [...list.matchAll(/`([\w-]+)`/g)].map(([, name]) => name ?? "");
    expect(parts.length).toBeGreaterThan(20);
    const rules = parts.map((part) => `wenju-chat::part(${part}) { outline: 3px solid rgb(1, 2, 3) }`);
    const head = `<style>${rules.join("\n")}</style>`;
    const page = await browser.open((await hostSite(wenju.html("open"), { head })).url, { expected: /500/ });
    await page.mouse.move(0, 0);
    const dressed = new Set<string>();
    const look = async () => {
      const found = await page.evaluate(() =>
        [...document.querySelector("wenju-chat")!.shadowRoot!.querySelectorAll("[part]")].flatMap(
          (element) =>
            getComputedStyle(element).outlineColor === "rgb(1, 2, 3)"
              ? [element.getAttribute("part") ?? ""]
              : [],
        ),
      );
      for (const part of found) dressed.add(part);
    };
    await page.locator(".suggestion").first().waitFor();
    await look();
    for (const [question, sign] of [
      [QUESTION, ".excerpt .chip"],
      [WRITTEN, ".card"],
      [NOWHERE, ".no-evidence"],
      [BROKEN, ".problem"],
    ] as const) {
      await ask(page, question);
      await page.locator(sign).first().waitFor({ state: "attached" });
      await page.locator(".send:not(.stop)").waitFor();
      await look();
    }
    await page.locator(".card").first().locator("xpath=..").locator(".chip").click();
    await page.locator("mark").waitFor();
    await look();
    expect(parts.filter((part) => !dressed.has(part))).toEqual([]);
  });

  it("does nothing when it is asked while an answer is on its way", async () => {
    const page = await browser.open((await hostSite(wenju.html("open"))).url, { expected: /ERR_/ });
    await page.route("**/api/ask", () => {});
    await ask(page);
    await page.locator('.turn[data-phase="asking"]').waitFor();
    await page
      .locator("wenju-chat")
      .evaluate((element) =>
        (element as unknown as { ask(text: string): Promise<void> }).ask("另一个问题？"),
      );
    expect(await page.locator(".question").allTextContents()).toEqual([QUESTION]);
  });

  it("says that a server cannot be reached whose address is none", async () => {
    const page = await browser.open(
      (
        await hostSite(
          `<script type="module" src="${wenju.endpoint}/widget.js"></script><wenju-chat open endpoint="http://[" lang="zh-CN"></wenju-chat>`,
        )
      ).url,
    );
    await ask(page);
    await page.locator(".problem", { hasText: "连不上服务器" }).waitFor();
  });

  it("asks the server it came from where no other is named", async () => {
    const page = await browser.open(
      (
        await hostSite(
          `<script type="module" src="${wenju.endpoint}/widget.js"></script><wenju-chat open endpoint=""></wenju-chat>`,
        )
      ).url,
    );
    await ask(page);
    await answered(page);
    expect(page.foreignRequests.every((url) => url.startsWith(wenju.endpoint))).toBe(true);
  });

  it("sends the site's key with every request", async () => {
    const page = await browser.open((await hostSite(wenju.html('open api-key="pk-site-1"'))).url);
    const sent = page.waitForRequest(
      (request) => request.url().endsWith("/api/ask") && request.method() === "POST",
    );
    await ask(page);
    expect((await sent).headers()["x-wenju-key"]).toBe("pk-site-1");
  });

  it("starts over with another endpoint", async () => {
    const page = await browser.open((await hostSite(wenju.html("open"))).url, { expected: /ERR_/ });
    await ask(page);
    await answered(page);
    await page
      .locator("wenju-chat")
      .evaluate((element) => element.setAttribute("endpoint", "http://127.0.0.1:9"));
    await expect.poll(() => page.locator(".turn").count()).toBe(0);
  });
});
