import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, CDPSession, Page } from "playwright-core";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import { startBrowser } from "../tests/support/browser/chromium.ts";
import { serveScripted } from "../tests/support/servers/scripted-chatbot.ts";
import { SUGGESTIONS, scriptOver } from "./screenshot-states.ts";

const PHONE = { width: 375, height: 740 };
const ROUNDS = 5;

/** Bytes a second, milliseconds there and back, and by which factor the processor is slowed. */
const LINES = {
  "this machine": undefined,
  "slow 4G, processor ÷ 4": { bytes: (1.6 * 1024 * 1024) / 8, latency: 150, slower: 4 },
} as const;

type Figures = { readonly [what: string]: string | number };

/** One line of figures for each kind of network: the median of some loads without a cache, each until its last font is there. */
export async function* measureFirstPaint(root: string): AsyncGenerator<Figures> {
  const { articles } = await readCorpus(join(root, "corpus"));
  const webFolder = join(root, "dist/web");
  const server = await serveScripted(articles, scriptOver(articles), { webFolder, suggestions: SUGGESTIONS });
  const browser = await startBrowser();
  try {
    yield { what: "widget.js", gzip: await widgetSize(webFolder) };
    for (const name of Object.keys(LINES) as (keyof typeof LINES)[]) {
      const loads: Load[] = [];
      for (let round = 0; round < ROUNDS; round += 1)
        loads.push(await load(browser, server.url, LINES[name]));
      yield { what: `chat page, ${name}`, ...median(loads) };
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

async function widgetSize(webFolder: string): Promise<number> {
  return gzipSync(await readFile(join(webFolder, "widget.js")), { level: 9 }).length;
}

type Load = {
  readonly firstContentfulPaintMs: number;
  readonly largestContentfulPaintMs: number;
  /** Of scripts and styles, as they came over the line. */
  readonly bytes: number;
};

async function load(browser: Browser, url: string, line: (typeof LINES)[keyof typeof LINES]): Promise<Load> {
  const context = await browser.newContext({ viewport: PHONE, locale: "zh-CN" });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  if (line) {
    await devtools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: line.latency,
      downloadThroughput: line.bytes,
      uploadThroughput: line.bytes,
    });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: line.slower });
  }
  const bytes = countBytes(devtools);
  await page.addInitScript(watch);
  await page.goto(url);
  await page.locator(".suggestion").first().waitFor();
  await page.waitForLoadState("networkidle");
  const paint = await readPaint(page);
  await context.close();
  return { ...paint, bytes: bytes() };
}

/** Encoded bytes of scripts and styles, headers included. */
function countBytes(devtools: CDPSession): () => number {
  const wanted = new Set<string>();
  let sum = 0;
  devtools.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script" || type === "Stylesheet") wanted.add(requestId);
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (wanted.has(requestId)) sum += encodedDataLength;
  });
  return () => sum;
}

type Watched = { largest: number };

function watch(): void {
  const watched: Watched = { largest: 0 };
  Object.assign(window, { watched });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.largest = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
}

function readPaint(page: Page): Promise<Omit<Load, "bytes">> {
  return page.evaluate(() => {
    const { largest } = (window as unknown as { watched: Watched }).watched;
    const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
    return { firstContentfulPaintMs: first, largestContentfulPaintMs: largest };
  });
}

function median(loads: readonly Load[]): Figures {
  const middle = (name: keyof Load) =>
    loads.map((load) => load[name]).sort((a, b) => a - b)[Math.floor(loads.length / 2)] ?? Number.NaN;
  return {
    firstContentfulPaintMs: Math.round(middle("firstContentfulPaintMs")),
    largestContentfulPaintMs: Math.round(middle("largestContentfulPaintMs")),
    bytes: middle("bytes"),
  };
}
