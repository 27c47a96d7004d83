import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import { startBrowser } from "../tests/support/browser/chromium.ts";
import { serveScripted } from "../tests/support/servers/scripted-chatbot.ts";
import { takeReadmePicture } from "./readme-picture.ts";
import { STATES, SUGGESTIONS, scriptOver } from "./screenshot-states.ts";

const WIDTHS = { desktop: { width: 1280, height: 800 }, phone: { width: 375, height: 740 } };
const THEMES = ["light", "dark"] as const;

/**
 * Takes a picture of every state whose name begins with `only`, with answers from a script so that each can be reached;
 * without `only` also the picture of the README, with real answers.
 */
export async function takeScreenshots(root: string, only: string): Promise<void> {
  const { articles } = await readCorpus(join(root, "corpus"));
  const webFolder = join(root, "dist/web");
  const server = await serveScripted(articles, scriptOver(articles), { webFolder, suggestions: SUGGESTIONS });
  const browser = await startBrowser();
  const folder = join(root, "screenshots");
  await mkdir(folder, { recursive: true });
  try {
    for (const name of Object.keys(STATES).filter((name) => name.startsWith(only))) {
      await takePictures(browser, server.url, name, folder);
    }
    if (only === "" || only === "readme") await takeReadmePicture(browser, root);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function takePictures(browser: Browser, url: string, name: string, folder: string): Promise<void> {
  const { path, reach } = STATES[name]!;
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    for (const colorScheme of THEMES) {
      const page = await browser.newPage({
        viewport,
        colorScheme,
        locale: "zh-CN",
        reducedMotion: "reduce",
        hasTouch: width === "phone",
      });
      await page.goto(url + path);
      await reach?.(page);
      if (name !== "asking") await page.waitForLoadState("networkidle");
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
      await page.close();
    }
  }
}
