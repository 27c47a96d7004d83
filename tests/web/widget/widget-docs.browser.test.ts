import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Loader } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileScript, parse } from "vue/compiler-sfc";
import type { RunningServer } from "../../../src/server/start-server.ts";
import { sharedBrowser, type WatchedPage } from "../../support/browser/browser.ts";
import { NEWSPAPER_ARTICLES, newspaperArticle } from "../../support/indexes/newspaper-articles.ts";
import { HOST_SITES, hostSite } from "../../support/servers/host-site.ts";
import { eventsOf, quotedAnswer, serveScripted } from "../../support/servers/scripted-chatbot.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const hospital = newspaperArticle("zhuzhou-zhongxin-2020");
const manual = await readFile(`${ROOT}/docs/widget.md`, "utf8");

let server: RunningServer;
const browser = sharedBrowser();

beforeAll(async () => {
  const quotes = [{ article: hospital, quote: "幸福，始于健康。" }];
  server = await serveScripted(NEWSPAPER_ARTICLES, (question) => eventsOf(quotedAnswer(question, quotes)), {
    sites: HOST_SITES,
  });
});
afterAll(() => server.close());

/** The manual's example in a language, with this test's server in it. */
function example(language: string): string {
  const code = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(manual)?.[1];
  if (!code) throw new Error(`docs/widget.md has no example in ${language}.`);
  return code.replaceAll("https://wenju.example", server.url);
}

describe("the manual's example", () => {
  it("in plain HTML works", async () => {
    const page = await browser.open((await hostSite(example("html"))).url);
    await page.getByRole("button", { name: "问问我们" }).click();
    await expectAnswer(page);
  });

  it("in Vue works: it takes properties, tells events, and lends its methods", async () => {
    const { descriptor } = parse(example("vue"));
    const isCustomElement = (tag: string) => tag === "wenju-chat";
    const { content } = compileScript(descriptor, {
      id: "help",
      inlineTemplate: true,
      templateOptions: { compilerOptions: { isCustomElement } },
    });
    const page = await browser.open(
      await siteWith('import { createApp } from "vue"; createApp(Help).mount("#app");', content, "js"),
    );
    await expectFrameworkExample(page);
  });

  it("in React works: it takes properties, tells events, and lends its methods", async () => {
    const start =
      'import { createElement } from "react"; import { createRoot } from "react-dom/client"; createRoot(document.querySelector("#app")).render(createElement(Help));';
    const page = await browser.open(await siteWith(start, example("jsx"), "jsx"));
    await expectFrameworkExample(page);
  });
});

/** What the manual says under a heading. */
function section(heading: string): string {
  return new RegExp(`## ${heading}\n(.*?)\n## `, "s").exec(manual)?.[1] ?? "";
}

/** A site whose script mounts the component `Help` of this code. */
async function siteWith(start: string, code: string, loader: Loader): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import Help from "help"; ${start}`, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    plugins: [
      {
        name: "component",
        setup(builder) {
          builder.onResolve({ filter: /^help$/ }, () => ({ path: "help", namespace: "component" }));
          builder.onLoad({ filter: /.*/, namespace: "component" }, () => ({
            contents: code,
            loader,
            resolveDir: ROOT,
          }));
        },
      },
    ],
  });
  const script = outputFiles[0]!.text.replaceAll("</script", "<\\/script");
  const head = `<script type="module" src="${server.url}/widget.js"></script>`;
  return (await hostSite(`<div id="app"></div><script type="module">${script}</script>`, { head })).url;
}

async function expectFrameworkExample(page: WatchedPage): Promise<void> {
  await page.getByRole("button", { name: "有问题？" }).click();
  await expect
    .poll(() => page.locator(".suggestion").allTextContents())
    .toEqual(["市中心医院有多少名党员？", "刘毅是谁？"]);
  await expectAnswer(page);
  await expect.poll(() => page.locator(".sources").textContent()).toBe(hospital.title);
}

async function expectAnswer(page: WatchedPage): Promise<void> {
  await page.getByRole("textbox").fill("刘毅是谁？");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator(".quote").textContent()).toBe("幸福，始于健康。1");
}

describe("the manual", () => {
  it("names every attribute, property and method of the widget, and no other", async () => {
    const page = await browser.open((await hostSite(example("html"))).url);
    await page.locator(".launcher").waitFor();
    const found = await page.evaluate(() => {
      const widget = customElements.get("wenju-chat") as typeof HTMLElement & {
        readonly observedAttributes: readonly string[];
      };
      const element = document.querySelector("wenju-chat") as HTMLElement;
      const methods = ["open", "close", "ask"].filter(
        (name) => typeof (element as unknown as Record<string, unknown>)[name] === "function",
      );
      return {
        attributes: [...widget.observedAttributes],
        names: Object.getOwnPropertyNames(widget.prototype),
        methods,
      };
    });
    const rows = [...section("Attributes and properties").matchAll(/^\| `([\w-]+)` +\| `(\w+)`/gm)];
    expect(rows.map(([, attribute]) => attribute).sort()).toEqual(found.attributes.sort());
    for (const [, , property] of rows) expect(found.names).toContain(property);
    const methods = [...section("Methods").matchAll(/^\| `(\w+)\(/gm)].map(([, name]) => name);
    expect(methods).toEqual(found.methods);
  });

  it("names every part and event of the widget, and no other", async () => {
    const files = ["views", "widget"].map(async (folder) => {
      const names = await readdir(`${ROOT}/web/${folder}`);
      return Promise.all(names.map((name) => readFile(`${ROOT}/web/${folder}/${name}`, "utf8")));
    });
    const sources = (await Promise.all(files)).flat().join("\n");
    const parts = [...sources.matchAll(/\bpart: "([\w-]+)"/g)].map(([, name]) => name);
    const documented = /`wenju-chat::part\(…\)`: (.*?)\. Nothing/s.exec(manual)?.[1] ?? "";
    expect([...documented.matchAll(/`([\w-]+)`/g)].map(([, name]) => name).sort()).toEqual(
      [...new Set(parts)].sort(),
    );
    const events = [...sources.matchAll(/#tell\("(\w+)"/g)].map(([, name]) => `wenju-${name}`);
    expect([...manual.matchAll(/^\| `(wenju-\w+)`/gm)].map(([, name]) => name).sort()).toEqual(
      [...new Set(events)].sort(),
    );
  });

  it("names every custom property that the style sheets read", async () => {
    const names = (await readdir(`${ROOT}/web/styles`)).filter((name) => name.endsWith(".css"));
    const sheets = await Promise.all(names.map((name) => readFile(`${ROOT}/web/styles/${name}`, "utf8")));
    const read = [...sheets.join("\n").matchAll(/var\((--wenju-[\w-]+)/g)].map(([, name]) => name);
    expect([...manual.matchAll(/^\| `(--wenju-[\w-]+)`/gm)].map(([, name]) => name).sort()).toEqual(
      [...new Set(read)].sort(),
    );
  });
});
