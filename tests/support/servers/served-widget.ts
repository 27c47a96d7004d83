import { afterAll, beforeAll } from "vitest";
import type { RunningServer } from "../../../src/server/start-server.ts";
import type { WatchedPage } from "../browser/browser.ts";
import { NEWSPAPER_ARTICLES, newspaperArticle } from "../indexes/newspaper-articles.ts";
import { HOST_SITES } from "./host-site.ts";
import { eventsOf, noEvidenceAnswer, quotedAnswer, serveScripted } from "./scripted-chatbot.ts";

export const QUESTION = "市中心医院有多少名党员？";
export const QUOTE =
  "一颗红心向党、一颗红心向患者、一颗红心向民，这是刘毅的愿景，也是市中心医院1284名党员坚守的初心。";
/** The question whose answer fails. */
export const BROKEN = "出错";
/** The question that nothing answers, and the one that a language model answers. */
export const NOWHERE = "长沙地铁六号线是哪一年开通的？";
export const WRITTEN = "写一写";
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
  const quotes = [
    { article: HOSPITAL, quote: QUOTE, focus: "1284名" },
    { article: HOSPITAL, quote: "幸福，始于健康。" },
  ];
  if (question === BROKEN) throw new Error("A failure for the test.");
  if (question === NOWHERE) return eventsOf(noEvidenceAnswer(question, quotes));
  const quoted = quotedAnswer(question, quotes.slice(0, question === WRITTEN ? 2 : 1));
  if (question !== WRITTEN) return eventsOf(quoted, { piece: 15 });
  return eventsOf({ ...quoted, text: "党员有1284名[1]，说的是健康[2]。", mode: "generative" });
}

export async function ask(page: WatchedPage, question = QUESTION): Promise<void> {
  await page.getByRole("textbox").fill(question);
  await page.keyboard.press("Enter");
}
