import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunningServer } from "../../src/server/start-server.ts";
import { SIZES, sharedBrowser } from "../support/browser/browser.ts";
import { layoutShift } from "../support/browser/layout-shift.ts";
import { NEWSPAPER_ARTICLES } from "../support/indexes/newspaper-articles.ts";
import { eventsOf, noEvidenceAnswer, serveScripted } from "../support/servers/scripted-chatbot.ts";

let server: RunningServer;
const browser = sharedBrowser();

beforeAll(async () => {
  server = await serveScripted(NEWSPAPER_ARTICLES, (question) => eventsOf(noEvidenceAnswer(question, [])));
});
afterAll(() => server.close());

it.each(["/", "/articles", `/articles/${NEWSPAPER_ARTICLES[0]!.id}`])(
  "%s paints with at most 120 kB of script and style, compressed, all from its own origin",
  async (path) => {
    const files = new Map<string, number>();
    const reading: Promise<void>[] = [];
    const page = await browser.open(server.url + path, {
      prepare: async (page) => {
        page.on("response", (response) => {
          if (!/\.(?:js|css)$/.test(response.url())) return;
          reading.push(response.body().then((body) => void files.set(response.url(), gzipSync(body).length)));
        });
      },
    });
    await page.waitForLoadState("load");
    await Promise.all(reading);
    const painted = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
    expect(painted).toBe(1);
    expect(files.size).toBeGreaterThanOrEqual(3);
    expect([...files.values()].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(120_000);
    expect(page.foreignRequests).toEqual([]);
  },
);

it("sends its scripts and styles compressed", async () => {
  const encodings: (string | undefined)[] = [];
  const page = await browser.open(server.url, {
    prepare: async (page) => {
      page.on("response", (response) => {
        if (/\.(?:js|css)$|\/$/.test(response.url())) encodings.push(response.headers()["content-encoding"]);
      });
    },
  });
  await page.waitForLoadState("load");
  expect(encodings.length).toBeGreaterThanOrEqual(4);
  expect(encodings.every((encoding) => encoding === "br" || encoding === "gzip")).toBe(true);
});

it.each(SIZES)(
  "moves nothing while it loads on a %s, the reader's own typefaces given",
  async (_size, viewport) => {
    const page = await browser.open(server.url, {
      viewport,
      expected: /ERR_FAILED/,
      prepare: async (page) => {
        await page.route(/fonts/, (route) => route.abort());
        await page.route("**/api/articles", async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 200));
          await route.continue();
        });
        await page.addInitScript(() => {
          const state = { shift: 0 };
          Object.assign(window, { state });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              state.shift += (entry as PerformanceEntry & { value: number }).value;
          }).observe({ type: "layout-shift", buffered: true });
        });
      },
    });
    await page.locator(".suggestion").first().waitFor();
    expect(await layoutShift(page)).toBeLessThan(0.001);
  },
);

it("fetches only the slices of the Chinese typefaces whose characters it shows", async () => {
  const fonts: string[] = [];
  const page = await browser.open(server.url, {
    prepare: async (page) => {
      page.on("request", (request) => {
        if (request.resourceType() === "font") fonts.push(request.url());
      });
    },
  });
  await page.locator(".welcome").waitFor();
  await page.evaluate(() => document.fonts.ready);
  expect(fonts.length).toBeGreaterThan(0);
  expect(fonts.length).toBeLessThan(60);
  expect(fonts.every((url) => url.startsWith(`${server.url}/assets/fonts/`))).toBe(true);
});
