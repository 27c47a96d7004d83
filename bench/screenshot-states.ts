import type { Page } from "playwright-core";
import type { AnswerEvent } from "../src/answer/answer.ts";
import type { Article } from "../src/corpus/article.ts";
import { askUntil } from "../tests/support/browser/turns.ts";
import {
  citationOf,
  eventsOf,
  noEvidenceAnswer,
  quotedAnswer,
} from "../tests/support/servers/scripted-chatbot.ts";
import type { Phase } from "../web/conversation/turn.ts";

export type State = { readonly path: string; readonly reach?: (page: Page) => Promise<void> };

/** Sample questions of the pictured server. */
export const SUGGESTIONS = [
  "株洲支援黄冈医疗队累计治愈出院多少例患者？",
  "市中西医结合医院先后创建了多少个省级重点专科？",
  "第一党支部目前有多少名党员？",
  "湘潭市中心医院接收了哪些医院？",
];

const QUESTIONS = {
  quoted: "株洲支援黄冈医疗队累计治愈出院多少例患者？",
  written: "株洲市中心医院有哪些党建荣誉？",
  nothing: "长沙地铁六号线是哪一年开通的？",
  slow: "刘毅是谁？",
  broken: "医院什么时候开工？",
  words: "市中心医院有哪些荣誉？",
};

/** Every state worth a picture, by the name of its file. */
export const STATES: { readonly [name: string]: State } = {
  welcome: { path: "/" },
  answered: { path: "/", reach: (page) => ask(page, QUESTIONS.quoted) },
  source: {
    path: "/",
    reach: async (page) => {
      await ask(page, QUESTIONS.quoted);
      await page.locator(".chip").first().click();
      await page.locator("mark").waitFor();
    },
  },
  written: {
    path: "/",
    reach: async (page) => {
      await ask(page, QUESTIONS.written);
      await page.locator(".prose .chip").first().hover();
      await page.locator(".card").first().waitFor();
    },
  },
  "no-evidence": { path: "/", reach: (page) => ask(page, QUESTIONS.nothing) },
  failed: {
    path: "/",
    reach: async (page) => {
      await ask(page, QUESTIONS.quoted);
      await ask(page, QUESTIONS.broken, "failed");
    },
  },
  asking: { path: "/", reach: (page) => ask(page, QUESTIONS.slow, "asking") },
  rating: {
    path: "/",
    reach: async (page) => {
      await ask(page, QUESTIONS.quoted);
      await page.getByRole("button", { name: "有帮助" }).click();
    },
  },
  menu: { path: "/", reach: (page) => page.getByRole("button", { name: "显示与语言" }).click() },
  articles: { path: "/articles" },
  article: { path: "/articles/zhuzhou-zhongxin-2020", reach: async (page) => page.locator("h1").waitFor() },
  "article-place": {
    path: "/articles/zhuzhou-zhongxin-2020",
    reach: async (page) => {
      await showPlaces(page, [CURED, HONOUR]);
      await page.locator("mark").waitFor();
    },
  },
  "articles-none": {
    path: "/articles",
    reach: (page) => page.getByRole("searchbox").fill("没有这样的"),
  },
  "article-missing": { path: "/articles/nobody", reach: (page) => page.getByRole("alert").waitFor() },
  "article-printed": {
    path: "/articles/zhuzhou-zhongxin-2020",
    reach: async (page) => {
      await page.locator("h1").waitFor();
      await page.emulateMedia({ media: "print" });
    },
  },
  "by-words": { path: "/", reach: (page) => ask(page, QUESTIONS.words) },
  demo: { path: "/demo" },
  widget: { path: "/demo", reach: openWidget },
  "widget-answered": {
    path: "/demo",
    reach: async (page) => {
      await openWidget(page);
      await ask(page, QUESTIONS.quoted);
    },
  },
  "widget-source": {
    path: "/demo",
    reach: async (page) => {
      await openWidget(page);
      await ask(page, QUESTIONS.quoted);
      await page.locator(".chip").first().click();
      await page.locator("mark").waitFor();
    },
  },
  "widget-no-evidence": {
    path: "/demo",
    reach: async (page) => {
      await openWidget(page);
      await ask(page, QUESTIONS.nothing);
    },
  },
  "widget-failed": {
    path: "/demo",
    reach: async (page) => {
      await openWidget(page);
      await ask(page, QUESTIONS.broken, "failed");
    },
  },
  "widget-written": {
    path: "/demo",
    reach: async (page) => {
      await openWidget(page);
      await ask(page, QUESTIONS.written);
      await page.locator(".floating .prose .chip").first().hover();
    },
  },
  traditional: {
    path: "/",
    reach: async (page) => {
      await page.getByRole("button", { name: "显示与语言" }).click();
      await page.getByLabel("繁體中文").check();
      await page.keyboard.press("Escape");
    },
  },
  english: {
    path: "/",
    reach: async (page) => {
      await page.getByRole("button", { name: "显示与语言" }).click();
      await page.getByLabel("English").check();
      await page.keyboard.press("Escape");
    },
  },
};

/** Opens the reading page that is shown at these quotes. */
async function showPlaces(page: Page, quotes: readonly string[]): Promise<void> {
  await page.locator("h1").waitFor();
  const places = await page.evaluate(async (quotes) => {
    const response = await fetch(`/api${location.pathname}`);
    const { text } = (await response.json()) as { text: string };
    return quotes.map((quote) => `${text.indexOf(quote)}-${text.indexOf(quote) + quote.length}`);
  }, quotes);
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    `c=${places.join(",")}`,
  );
}

async function openWidget(page: Page): Promise<void> {
  await page.getByRole("button", { name: "问问我们" }).click();
  await page.locator(".floating .suggestion").first().waitFor();
}

/** Asks, and leaves nothing under the pointer. */
export async function ask(page: Page, question: string, phase?: Phase): Promise<void> {
  await askUntil(page, question, phase);
  await page.mouse.move(0, 0);
}

/** Answers that reach every state. */
export function scriptOver(articles: readonly Article[]) {
  const find = (quote: string): Article => {
    const article = articles.find(({ text }) => text.includes(quote));
    if (!article) throw new Error(`No article holds “${quote}”.`);
    return article;
  };
  const quoteOf = (quote: string, focus?: string) => ({
    article: find(quote),
    quote,
    ...(focus ? { focus } : {}),
  });
  return async function* script(question: string): AsyncGenerator<AnswerEvent> {
    if (question === QUESTIONS.slow) await new Promise((resolve) => setTimeout(resolve, 3_000));
    if (question === QUESTIONS.broken) throw new Error("A failure for the picture.");
    if (question === QUESTIONS.nothing)
      return yield* eventsOf(
        noEvidenceAnswer(
          question,
          NEAR.map((text) => quoteOf(text)),
        ),
      );
    if (question === QUESTIONS.written)
      return yield* eventsOf(
        writtenAnswer(
          question,
          [HONOUR, PARTY].map((text) => quoteOf(text)),
        ),
      );
    const quoted = quotedAnswer(question, [quoteOf(CURED, "74例"), quoteOf(HONOUR)]);
    yield* eventsOf(question === QUESTIONS.words ? { ...quoted, searchedBy: "words" } : quoted);
  };
}

const CURED =
  "作为株洲支援黄冈医疗队的临时党支部书记、队长，刘毅带领74名白衣战士与病毒鏖战，与死神抢人，奋战53天后终于交出满意“答卷”——在黄冈累计治愈出院患者74例，所有队员实现“零感染”。";
const HONOUR =
  "市中心医院是全省唯一一家两年之内连获“全国平安医院”“省平安医院”称号的医院，拥有全国先进工作者、全国“五一”劳动奖章获得者、全国巾帼文明岗……";
const PARTY =
  "近日,国家卫健委发布了《关于培育选树公立医院党建示范医院以及临床科室标杆党支部工作情况的通报》,株洲市中心医院第一党支部荣获全国“公立医院临床科室标杆党支部”称号,成为株洲卫健系统唯一获此殊荣的党支部。";
const NEAR = [
  "昭山生殖与遗传专科医院即将开业，九华院区开工建设，南院区业务不断增幅、发展蒸蒸日上；",
  "2018年3月24日晚，来自市中心医院的一千余名党员群众齐聚神农大剧院，观看歌剧《英雄》。",
];

function writtenAnswer(question: string, quotes: readonly Parameters<typeof citationOf>[0][]) {
  const citations = quotes.map((quote, index) => citationOf(quote, index + 1));
  const text =
    "株洲市中心医院两年之内连获“全国平安医院”和“省平安医院”称号[1]，是全省唯一一家。\n该院第一党支部还获评全国“公立医院临床科室标杆党支部”[2]，在株洲卫健系统是唯一的一个。";
  return { ...quotedAnswer(question, quotes), citations, text, mode: "generative" } as const;
}
