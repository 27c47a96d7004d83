import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { sharedBrowser } from "../../support/browser/browser.ts";
import { answered } from "../../support/browser/turns.ts";
import { hostSite } from "../../support/servers/host-site.ts";
import { ask, servedWidget } from "../../support/servers/served-widget.ts";

const bootstrap = await readFile(
  createRequire(import.meta.url).resolve("bootstrap/dist/css/bootstrap.min.css"),
  "utf8",
);
const wenju = servedWidget();
const browser = sharedBrowser();

describe("a hostile host page", () => {
  const RULES = {
    "that unsets everything":
      "* { all: unset; display: inline !important; font-size: 3px !important; color: red !important }",
    "dressed by Bootstrap, and more of its kind": `${bootstrap} button{padding:9px 40px;background:#0d6efd} mark{padding:.4em} textarea{width:100%;height:300px} .card,.panel,.answer{display:none} blockquote{font-size:3rem}`,
    "with a root font of 30 px":
      "html { font-size: 30px; letter-spacing: 6px; line-height: 4; text-transform: uppercase; word-spacing: 20px }",
    "at war over z-index":
      "#wall { position: fixed; inset: 0; z-index: 2147483647; background: #fff } body { transform: translateX(300px); overflow: hidden }",
    "that redefines custom properties":
      ":root, *, wenju-chat { --accent: lime; --paper: lime; --ink: lime; --u: 90px; --sheet: lime; --line: lime; --radius: 50px }",
  };

  it("written from right to left does not turn the widget around", async () => {
    const plain = await layoutOn("");
    const site = await hostSite(`<div dir="rtl">${wenju.html("open")}</div>`);
    expect(await layoutOf(site.url)).toEqual(plain);
  });

  it.each(Object.entries(RULES))("%s changes nothing in the widget", async (_name, rules) => {
    const plain = await layoutOn("");
    expect(await layoutOn(rules)).toEqual(plain);
  });

  it("gets nothing from the widget's style sheets", async () => {
    const html =
      '<h1 class="name">标题</h1><p class="prose question">段落</p><button class="launcher send">按钮</button><mark>记</mark>';
    const head = `<style>${bootstrap}</style>`;
    const lookOf = async (body: string) => {
      const page = await browser.open((await hostSite(`${html}${body}`, { head })).url);
      if (body !== "") await page.locator(".frame").waitFor();
      return page.evaluate(() =>
        [...document.querySelectorAll("body > :is(h1, p, button, mark)")].map((element) => {
          const { color, fontSize, backgroundColor, width, margin } = getComputedStyle(element);
          return { color, fontSize, backgroundColor, width, margin };
        }),
      );
    };
    expect(await lookOf(wenju.html("open"))).toEqual(await lookOf(""));
  });

  async function layoutOn(rules: string): Promise<unknown> {
    const site = await hostSite(`<div id="wall"></div>${wenju.html("open")}`, {
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
