import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../src/server/start-server.ts";
import { PHONE, sharedBrowser, type WatchedPage } from "../support/browser.ts";
import { hostSite, listenAnywhere, openToAllOrigins } from "../support/host-site.ts";
import { NEWSPAPER_ARTICLES, newspaperArticle } from "../support/newspaper-articles.ts";
import { eventsOf, quotedAnswer, serveScripted, WEB_FOLDER } from "../support/scripted-chatbot.ts";

const QUESTION = "市中心医院有多少名党员？";
const QUOTE =
  "一颗红心向党、一颗红心向患者、一颗红心向民，这是刘毅的愿景，也是市中心医院1284名党员坚守的初心。";
const hospital = newspaperArticle("zhuzhou-zhongxin-2020");

let server: RunningServer;
let door: Server;
let endpoint: string;
const browser = sharedBrowser();

beforeAll(async () => {
  const quotes = [{ article: hospital, quote: QUOTE, focus: "1284名" }];
  server = await serveScripted(
    NEWSPAPER_ARTICLES,
    (question) => {
      if (question === "出错") throw new Error("A failure for the test.");
      return eventsOf(quotedAnswer(question, quotes), { piece: 15 });
    },
    { suggestions: [QUESTION] },
  );
  door = openToAllOrigins(server.url);
  endpoint = await listenAnywhere(door);
});
afterAll(async () => {
  door.closeAllConnections();
  door.close();
  await server.close();
});

const STRICT = () =>
  `default-src 'none'; img-src data:; script-src ${endpoint}; connect-src ${endpoint}; require-trusted-types-for 'script'; trusted-types 'none'`;
const script = () => `<script type="module" src="${endpoint}/widget.js"></script>`;
const widget = (attributes = "") =>
  `${script()}<wenju-chat endpoint="${endpoint}" ${attributes}></wenju-chat>`;

async function ask(page: WatchedPage, question = QUESTION): Promise<void> {
  await page.getByRole("textbox").fill(question);
  await page.keyboard.press("Enter");
}
const answered = (page: WatchedPage) => page.locator('.turn[data-phase="answered"]').last().waitFor();

/** Requests beyond the page itself may go to the widget's server only. */
function expectOnlyEndpoint(page: WatchedPage): void {
  expect(page.foreignRequests.filter((url) => !url.startsWith(endpoint))).toEqual([]);
}

describe("the widget on another site", () => {
  it("asks, quotes, and shows the quote in its article under the strictest policy", async () => {
    const site = await hostSite(widget('title="问问我们"'), { policy: STRICT() });
    const page = await browser.open(site.url);
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
  });

  it("is dressed: its style sheets work where style elements are forbidden", async () => {
    const site = await hostSite(widget('open accent="rgb(0, 90, 60)"'), { policy: STRICT() });
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
      `<script type="module" src="${endpoint}/widget.js" integrity="${integrity}" crossorigin="anonymous"></script><wenju-chat endpoint="${endpoint}"></wenju-chat>`;
    const page = await browser.open((await hostSite(tag(hash))).url);
    await page.locator(".launcher").waitFor();
    const refused = await browser.open((await hostSite(tag(hash.replace(/.{4}$/, "AAAA")))).url, {
      expected: /integrity/,
    });
    await expect.poll(() => refused.complaints.length).toBeGreaterThan(0);
    expect(await refused.locator(".launcher").count()).toBe(0);
  });

  it("asks nothing of its server before it is opened", async () => {
    const page = await browser.open((await hostSite(widget())).url);
    await page.locator(".launcher").waitFor();
    expect(page.foreignRequests).toEqual([`${endpoint}/widget.js`]);
  });

  it("covers a phone's screen while open", async () => {
    const page = await browser.open(
      (await hostSite(widget("open"), { head: '<meta name="viewport" content="width=device-width">' })).url,
      {
        viewport: PHONE,
      },
    );
    await expect.poll(() => page.locator(".panel").boundingBox()).toEqual({ x: 0, y: 0, ...PHONE });
  });

  it("stands inline where it is told to, as high as its site says", async () => {
    const page = await browser.open(
      (
        await hostSite(`<div>${widget('mode="inline"')}</div>`, {
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
    const page = await browser.open((await hostSite(widget('open lang="zh-TW"'))).url);
    await page.getByRole("textbox", { name: "您的問題" }).waitFor();
    await page.locator("wenju-chat").evaluate((element) => element.setAttribute("lang", "en"));
    await page.getByRole("textbox", { name: "Your question" }).waitFor();
  });

  it("does not send by the Enter that ends a composition", async () => {
    const page = await browser.open((await hostSite(widget("open"))).url);
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
    const page = await browser.open((await hostSite(widget("open"))).url);
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

describe("the widget's surface", () => {
  it("tells what happens in events", async () => {
    const page = await browser.open((await hostSite(widget())).url);
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
    await page.locator("wenju-chat").evaluate((element) => (element as Element).ask("出错"));
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
    expect(told[3]?.[1]).toMatchObject({ articleId: hospital.id, marker: 1 });
    expect(told[5]?.[1]).toMatchObject({ code: "failed" });
  });

  it("opens and closes by method, by attribute, and by a property as frameworks write it", async () => {
    const page = await browser.open((await hostSite(widget())).url);
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
          widget('open greeting="有问必答" suggestions="一问？|二问？" position="bottom-left" theme="dark"'),
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

  it("sends the site's key with every request", async () => {
    const page = await browser.open((await hostSite(widget('open api-key="pk-site-1"'))).url);
    const sent = page.waitForRequest(
      (request) => request.url().endsWith("/api/ask") && request.method() === "POST",
    );
    await ask(page);
    expect((await sent).headers()["x-wenju-key"]).toBe("pk-site-1");
  });

  it("starts over with another endpoint", async () => {
    const page = await browser.open((await hostSite(widget("open"))).url, { expected: /ERR_/ });
    await ask(page);
    await answered(page);
    await page
      .locator("wenju-chat")
      .evaluate((element) => element.setAttribute("endpoint", "http://127.0.0.1:9"));
    await expect.poll(() => page.locator(".turn").count()).toBe(0);
  });
});

describe("the widget's upkeep", () => {
  it("leaves no listener and no request behind when it is removed and added 100 times", async () => {
    const page = await browser.open((await hostSite(widget("open"))).url);
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

  it("ends its stream when it is removed while an answer is coming", async () => {
    const page = await browser.open((await hostSite(widget("open"))).url, { expected: /ERR_/ });
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

describe("a hostile host page", () => {
  const RULES = {
    "that unsets everything":
      "* { all: unset; display: inline !important; font-size: 3px !important; color: red !important }",
    "in the manner of Bootstrap":
      "*,::before,::after{box-sizing:border-box} button{border-radius:0;text-transform:none;line-height:inherit;padding:9px 40px;background:#0d6efd} h1,h2{font-size:calc(1.375rem + 3vw);margin:0 0 1rem} p{margin:0 0 3rem} mark{padding:.4em;background:#fcf8e3} textarea{width:100%;height:300px} .card,.panel,.answer{display:none} blockquote{font-size:3rem}",
    "with a root font of 30 px":
      "html { font-size: 30px; letter-spacing: 6px; line-height: 4; text-transform: uppercase; word-spacing: 20px }",
    "at war over z-index":
      "#wall { position: fixed; inset: 0; z-index: 2147483647; background: #fff } body { transform: translateX(300px); overflow: hidden }",
    "that redefines custom properties":
      ":root, *, wenju-chat { --accent: lime; --paper: lime; --ink: lime; --u: 90px; --sheet: lime; --line: lime; --radius: 50px }",
  };

  it("written from right to left does not turn the widget around", async () => {
    const plain = await layoutOn("");
    const site = await hostSite(`<div dir="rtl">${widget("open")}</div>`);
    expect(await layoutOf(site.url)).toEqual(plain);
  });

  it.each(Object.entries(RULES))("%s changes nothing in the widget", async (_name, rules) => {
    const plain = await layoutOn("");
    expect(await layoutOn(rules)).toEqual(plain);
  });

  it("gets nothing from the widget's style sheets", async () => {
    const html =
      '<h1 class="name">标题</h1><p class="prose question">段落</p><button class="launcher send">按钮</button><mark>记</mark>';
    const lookOf = async (body: string) => {
      const page = await browser.open((await hostSite(`${html}${body}`)).url);
      if (body !== "") await page.locator(".frame").waitFor();
      return page.evaluate(() =>
        [...document.querySelectorAll("body > :is(h1, p, button, mark)")].map((element) => {
          const { color, fontSize, backgroundColor, width, margin } = getComputedStyle(element);
          return { color, fontSize, backgroundColor, width, margin };
        }),
      );
    };
    expect(await lookOf(widget("open"))).toEqual(await lookOf(""));
  });

  async function layoutOn(rules: string): Promise<unknown> {
    const site = await hostSite(`<div id="wall"></div>${widget("open")}`, {
      head: `<style>${rules}</style>`,
    });
    return layoutOf(site.url);
  }

  async function layoutOf(url: string): Promise<unknown> {
    const page = await browser.open(url);
    await ask(page);
    await answered(page);
    return page.evaluate(() => {
      const root = document.querySelector("wenju-chat")!.shadowRoot!;
      const layout = [
        ".panel",
        ".launcher",
        ".question",
        ".quote",
        ".chip",
        ".composer-field",
        ".send",
        ".name",
      ].map((selector) => {
        const element = root.querySelector(selector)!;
        const { x, y, width, height } = element.getBoundingClientRect();
        const { color, backgroundColor, fontSize, lineHeight, letterSpacing, textTransform, direction } =
          getComputedStyle(element);
        return {
          selector,
          box: [x, y, width, height].map(Math.round),
          color,
          backgroundColor,
          fontSize,
          lineHeight,
          letterSpacing,
          textTransform,
          direction,
        };
      });
      const launcher = root.querySelector(".launcher")!.getBoundingClientRect();
      const top = document.elementFromPoint(launcher.x + 28, launcher.y + 28);
      return { layout, top: top?.localName };
    });
  }
});
