import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunningServer } from "../../src/server/start-server.ts";
import { sharedBrowser } from "../support/browser.ts";
import { NEWSPAPER_ARTICLES } from "../support/newspaper-articles.ts";
import { eventsOf, noEvidenceAnswer, serveScripted } from "../support/scripted-chatbot.ts";

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
