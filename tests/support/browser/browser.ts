import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { startBrowser } from "./chromium.ts";

export const DESKTOP = { width: 1280, height: 800 } as const;
export const PHONE = { width: 375, height: 720 } as const;
export const SIZES = [
  ["desktop", DESKTOP],
  ["phone", PHONE],
] as const;

export type BrowserHandle = {
  /** A fresh page in a context of its own, closed when the test ends; the test fails if a script or the policy complained. */
  open(url: string, options?: OpenOptions): Promise<WatchedPage>;
};

export type OpenOptions = BrowserContextOptions & {
  /** Console errors a test provokes on purpose, e.g. a failed request. */
  readonly expected?: RegExp;
  readonly prepare?: (page: Page) => Promise<unknown>;
};

export type WatchedPage = Page & {
  readonly complaints: readonly string[];
  readonly foreignRequests: readonly string[];
};

/** One browser for a test file. */
export function sharedBrowser(): BrowserHandle {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());
  return {
    async open(url, options = {}) {
      if (!browser) throw new Error("Open pages inside a test: the browser is not launched before.");
      const context = await browser.newContext({ viewport: DESKTOP, locale: "zh-CN", ...options });
      onTestFinished(() => context.close());
      const page = await watchedPage(context, new URL(url).origin);
      await options.prepare?.(page);
      await page.goto(url);
      onTestFinished(() => {
        expect(page.complaints.filter((text) => !options.expected?.test(text))).toEqual([]);
      });
      return page;
    },
  };
}

/** Notes everything that must not happen: script errors, console errors, policy violations, dialogs, foreign requests. */
async function watchedPage(context: BrowserContext, origin: string): Promise<WatchedPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  const foreignRequests: string[] = [];
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(?:data|blob):/.test(request.url()))
      foreignRequests.push(request.url());
  });
  return Object.assign(page, { complaints, foreignRequests });
}
