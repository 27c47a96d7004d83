import { afterAll, beforeAll } from "vitest";
import type { RunningServer } from "../../src/server/start-server.ts";
import type { WatchedPage } from "./browser.ts";
import { HOST_SITES } from "./host-site.ts";
import { NEWSPAPER_ARTICLES, newspaperArticle } from "./newspaper-articles.ts";
import { eventsOf, quotedAnswer, serveScripted } from "./scripted-chatbot.ts";

export const QUESTION = "市中心医院有多少名党员？";
export const QUOTE =
  "一颗红心向党、一颗红心向患者、一颗红心向民，这是刘毅的愿景，也是市中心医院1284名党员坚守的初心。";
/** The question whose answer fails. */
export const BROKEN = "出错";
export const HOSPITAL = newspaperArticle("zhuzhou-zhongxin-2020");

export type ServedWidget = {
  readonly endpoint: string;
  /** The lines that put the widget on a page, with more attributes. */
  html(attributes?: string): string;
};

/** A Wenju server that the sites of `hostSite` may use, for one test file. */
export function servedWidget(): ServedWidget {
  let server: RunningServer;
  beforeAll(async () => {
    server = await serveScripted(NEWSPAPER_ARTICLES, answer, {
      suggestions: [QUESTION],
      sites: HOST_SITES,
    });
  });
  afterAll(() => server.close());
  return {
    get endpoint() {
      return server.url;
    },
    html: (attributes = "") =>
      `<script type="module" src="${server.url}/widget.js"></script><wenju-chat endpoint="${server.url}" ${attributes}></wenju-chat>`,
  };
}

function answer(question: string) {
  if (question === BROKEN) throw new Error("A failure for the test.");
  return eventsOf(quotedAnswer(question, [{ article: HOSPITAL, quote: QUOTE, focus: "1284名" }]), {
    piece: 15,
  });
}

export async function ask(page: WatchedPage, question = QUESTION): Promise<void> {
  await page.getByRole("textbox").fill(question);
  await page.keyboard.press("Enter");
}

export function answered(page: WatchedPage): Promise<void> {
  return page.locator('.turn[data-phase="answered"]').last().waitFor();
}
