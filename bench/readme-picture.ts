import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { ask, SUGGESTIONS } from "./screenshot-states.ts";

/** The page with a real answer and its article, as `docs/images/chat.png`. Needs what `npm run build` made. */
export async function takeReadmePicture(browser: Browser, root: string): Promise<void> {
  const server = await startRealServer(root);
  const page = await browser.newPage({
    viewport: { width: 1280, height: 760 },
    colorScheme: "light",
    locale: "zh-CN",
    reducedMotion: "reduce",
  });
  try {
    await page.goto(server.url);
    await ask(page, SUGGESTIONS[0]!);
    await page.locator(".chip").first().click();
    await page.locator("mark").waitFor();
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => document.fonts.ready);
    await mkdir(join(root, "docs/images"), { recursive: true });
    await page.screenshot({ path: join(root, "docs/images/chat.png") });
  } finally {
    await page.close();
    await server.close();
  }
}

/** From the built files: the model runs in a process of its own, whose file a bundle would not find. */
async function startRealServer(root: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const built = (file: string) => import(join(root, "dist", file));
  const { openChatbot, suggestFrom }: typeof import("../src/open-chatbot.ts") =
    await built("open-chatbot.js");
  const { startServer }: typeof import("../src/server/start-server.ts") =
    await built("server/start-server.js");
  const { DEFAULT_MODEL_ID }: typeof import("../src/embed/catalog.ts") = await built("embed/catalog.js");
  const opened = await openChatbot({
    corpusFolder: join(root, "corpus"),
    indexFolder: join(root, "index"),
    model: DEFAULT_MODEL_ID,
  });
  const { chatbot } = opened;
  const suggestions = await suggestFrom(chatbot);
  const webFolder = join(root, "dist/web");
  const server = await startServer({
    chatbot,
    suggestions,
    webFolder,
    host: "127.0.0.1",
    port: 0,
    graceMs: 50,
  });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await opened.close();
    },
  };
}
