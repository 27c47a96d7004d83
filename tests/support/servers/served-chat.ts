import { afterAll, beforeAll } from "vitest";
import type { Answer } from "../../../src/answer/answer.ts";
import type { RunningServer } from "../../../src/server/start-server.ts";
import type { WatchedPage } from "../browser/browser.ts";
import { NEWSPAPER_ARTICLES, newspaperArticle } from "../indexes/newspaper-articles.ts";
import { HOST_SITES, hostSite } from "./host-site.ts";
import { eventsOf, quotedAnswer, type Script, serveScripted } from "./scripted-chatbot.ts";

export const QUESTION = "株洲支援黄冈医疗队累计治愈出院多少例患者？";
export const CURED =
  "作为株洲支援黄冈医疗队的临时党支部书记、队长，刘毅带领74名白衣战士与病毒鏖战，与死神抢人，奋战53天后终于交出满意“答卷”——在黄冈累计治愈出院患者74例，所有队员实现“零感染”。";
export const MEMBERS = "目前有党员24名。";
export const HOSPITAL = newspaperArticle("zhuzhou-zhongxin-2020");
const BRANCH = newspaperArticle("zhuzhou-zhongxin-diyizhibu-2024");

/** Two quotes, of two articles; the first with its short answer. */
export function twoQuotes(question: string): Answer {
  return quotedAnswer(question, [
    { article: HOSPITAL, quote: CURED, focus: "74例" },
    { article: BRANCH, quote: MEMBERS },
  ]);
}

/** The chat page over the real articles, for one test file; each test says what is answered. */
export type ServedChat = { readonly url: string; script: Script };

/** Answers with the two quotes, in pieces. */
export const answersTwoQuotes: Script = (question) => eventsOf(twoQuotes(question), { piece: 40 });

export function servedChat(): ServedChat {
  const chat = { url: "", script: answersTwoQuotes };
  let server: RunningServer;
  beforeAll(async () => {
    server = await serveScripted(NEWSPAPER_ARTICLES, (question, options) => chat.script(question, options), {
      suggestions: [QUESTION, "第一党支部目前有多少名党员？"],
      sites: HOST_SITES,
    });
    chat.url = server.url;
  });
  afterAll(() => server.close());
  return chat;
}

/** The address of another site with the widget of this server on it. */
export async function siteWithWidget({ url }: ServedChat, attributes = "open"): Promise<string> {
  const head = '<meta name="viewport" content="width=device-width">';
  const body = `<script type="module" src="${url}/widget.js"></script><wenju-chat endpoint="${url}" ${attributes}></wenju-chat>`;
  return (await hostSite(body, { head })).url;
}

export async function openAndAsk(page: WatchedPage, question = QUESTION): Promise<void> {
  await page.getByRole("textbox", { name: "您的问题" }).fill(question);
  await page.keyboard.press("Enter");
}
