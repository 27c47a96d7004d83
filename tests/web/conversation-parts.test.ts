import { describe, expect, it } from "vitest";
import type { Citation } from "../../src/answer/answer.ts";
import type { ArticleSummary } from "../../web/client/parse.ts";
import { parseArticle } from "../../web/client/parse.ts";
import { copyText } from "../../web/conversation/copy-text.ts";
import { focusParts } from "../../web/conversation/focus-parts.ts";
import { historyBefore } from "../../web/conversation/history.ts";
import { newTurn, type Turn } from "../../web/conversation/turn.ts";
import { messagesFor } from "../../web/i18n/messages.ts";
import { zhCN } from "../../web/i18n/zh-cn.ts";
import { filterArticles } from "../../web/page/filter-articles.ts";
import { parsePlaces } from "../../web/source/parse-places.ts";
import { titleParts } from "../../web/views/title-parts.ts";

const citation = {
  marker: 1,
  passageId: "a#10-24",
  articleId: "a",
  title: "红旗漫卷",
  span: { start: 10, end: 24 },
  quote: "累计治愈出院患者74例，共53天",
  score: 1,
};

describe("the history of a question", () => {
  const turn = (question: string, text: string): Turn => ({ ...newTurn(question), phase: "answered", text });

  it("is the answered turns before it, oldest first", () => {
    const turns = [
      turn("一？", "甲"),
      { ...newTurn("二？"), phase: "failed" as const },
      turn("三？", "丙"),
      newTurn("四？"),
    ];
    expect(historyBefore(turns, turns[3]!.id, "四？").map(({ content }) => content)).toEqual([
      "一？",
      "甲",
      "三？",
      "丙",
    ]);
  });

  it("fits into a request of 16 KB, dropping the oldest turns first and cutting long answers", () => {
    const turns = [
      ...Array.from({ length: 12 }, (_, index) => turn(`第${index}问`, "答".repeat(3_000))),
      newTurn("问".repeat(500)),
    ];
    const history = historyBefore(turns, turns.at(-1)!.id, "问".repeat(500));
    const body = JSON.stringify({ question: "问".repeat(500), history });
    expect(new TextEncoder().encode(body).length).toBeLessThan(16_000);
    expect(history.at(-2)?.content).toBe("第11问");
    expect(history.at(-1)?.content).toBe("答".repeat(800));
  });

  it("never cuts a character in half", () => {
    const turns = [turn("一？", "𠮷".repeat(900)), newTurn("二？")];
    expect(historyBefore(turns, turns[1]!.id, "二？")[1]?.content).toBe("𠮷".repeat(800));
  });
});

describe("the short answer in a quote", () => {
  it("is cut out at its place", () => {
    expect(focusParts({ ...citation, focus: { start: 18, end: 21 } })).toEqual({
      before: "累计治愈出院患者",
      focus: "74例",
      after: "，共53天",
    });
  });

  it("is left out where its place does not lie in the quote", () => {
    for (const focus of [
      { start: 5, end: 12 },
      { start: 18, end: 40 },
      { start: 20, end: 20 },
    ]) {
      expect(focusParts({ ...citation, focus })).toEqual({ before: citation.quote, focus: "", after: "" });
    }
  });
});

it("copies an answer with the place of each quote", () => {
  const text = `${citation.quote}[1]`;
  const answer = {
    id: "1",
    question: "？",
    status: "answered",
    text,
    citations: [citation],
    related: [],
    mode: "extractive",
  } as const;
  const describe = ({ title }: Citation) => `《${title}》 http://x/articles/a#c=10-24`;
  expect(copyText(answer, zhCN, describe)).toBe(
    `${text}\n\n出处：\n[1] 《红旗漫卷》 http://x/articles/a#c=10-24`,
  );
});

it("reads the places of an address and leaves out what is none", () => {
  expect(parsePlaces("#c=120-348,500-560")).toEqual([
    { start: 120, end: 348 },
    { start: 500, end: 560 },
  ]);
  for (const hash of [
    "",
    "#",
    "#c=",
    "#c=9",
    "#c=9-3",
    "#c=-1-5",
    "#c=1-2e9",
    "#c=<img>",
    "#d=1-2",
    "#c=1-99999999999",
  ]) {
    expect(parsePlaces(hash), hash).toEqual([]);
  }
});

it("finds articles by every word of title, source and date, full-width or not", () => {
  const list: ArticleSummary[] = [
    { id: "a", title: "ＡＩ看病", source: "株洲日报", publishedAt: "2024", length: 1 },
    { id: "b", title: "红旗漫卷", source: "十堰日报", length: 1 },
  ];
  const ids = (query: string) => filterArticles(list, query).map(({ id }) => id);
  expect(ids("")).toEqual(["a", "b"]);
  expect(ids(" ai 株洲 ")).toEqual(["a"]);
  expect(ids("2024")).toEqual(["a"]);
  expect(ids("日报 红")).toEqual(["b"]);
  expect(ids("没有")).toEqual([]);
});

it("chooses the words of the first language it has", () => {
  const tag = (...wishes: string[]) => messagesFor(wishes).tag;
  expect(tag("zh-HK")).toBe("zh-TW");
  expect(tag("zh-Hant-CN")).toBe("zh-TW");
  expect(tag("zh")).toBe("zh-CN");
  expect(tag("de", "en-GB", "zh")).toBe("en");
  expect(tag("fr")).toBe("zh-CN");
});

it("parts a newspaper's title at its dash", () => {
  expect(titleParts("红旗漫卷绘新篇——市中西医结合医院纪略")).toEqual({
    main: "红旗漫卷绘新篇",
    sub: "——市中西医结合医院纪略",
  });
  expect(titleParts("——无题")).toEqual({ main: "——无题", sub: "" });
});

it("takes an article's address only where it is a web address", () => {
  const url = (value: string) => parseArticle({ id: "a", title: "", source: "", text: "", url: value }).url;
  expect(url("https://www.zzbtv.com/1.html")).toBe("https://www.zzbtv.com/1.html");
  expect(url("javascript:alert(1)")).toBeUndefined();
  expect(url(" data:text/html,1")).toBeUndefined();
});
