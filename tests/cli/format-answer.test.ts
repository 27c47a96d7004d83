import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/answer/answer.ts";
import { type AnswerFormat, formatAnswer } from "../../src/cli/format-answer.ts";
import { HOSPITAL, quotedAnswer } from "../support/servers/served-chatbot.ts";

const format: AnswerFormat = {
  articles: new Map([[HOSPITAL.id, HOSPITAL]]),
  language: "zh",
  bold: (text) => `*${text}*`,
};

describe("formatAnswer", () => {
  it("numbers the quote and names its article and place", () => {
    expect(formatAnswer(quotedAnswer("治愈多少例？"), format)).toBe(
      "[1] “在黄冈累计治愈出院患者74例。”\n    ——《一颗红心向党》，株洲日报（zhuzhou-zhongxin-2020，第 18–32 字）",
    );
  });

  it("marks the short answer inside the quote", () => {
    const answer = quotedAnswer("治愈多少例？");
    const start = HOSPITAL.text.indexOf("74例");
    const citations = answer.citations.map((citation) => ({ ...citation, focus: { start, end: start + 3 } }));
    expect(formatAnswer({ ...answer, citations }, format)).toContain("“在黄冈累计治愈出院患者*74例*。”");
  });

  it("says that nothing answers, and what may be related", () => {
    const { marker: _, ...related } = quotedAnswer("").citations[0]!;
    const answer: Answer = {
      ...quotedAnswer("院长今年多大？"),
      status: "no-evidence",
      text: "文章里没有找到答案。",
      citations: [],
      related: [related],
    };
    expect(formatAnswer(answer, format)).toBe(
      "文章里没有找到答案。\n\n可能相关：\n\n  · 在黄冈累计治愈出院患者74例。\n" +
        "    ——《一颗红心向党》，株洲日报（zhuzhou-zhongxin-2020，第 18–32 字）",
    );
    expect(formatAnswer(answer, { ...format, language: "en" })).toContain("Possibly related:");
  });

  it("says that it was searched by words alone", () => {
    const answer: Answer = { ...quotedAnswer("治愈多少例？"), searchedBy: "words" };
    expect(formatAnswer(answer, format)).toMatch(/\n\n（本次只按字词查找，可能不全。）$/u);
    expect(formatAnswer(answer, { ...format, language: "en" })).toMatch(/by its words alone/);
    expect(formatAnswer(quotedAnswer("治愈多少例？"), format)).not.toContain("字词");
  });

  it("shows a written answer above its quotes", () => {
    const answer: Answer = { ...quotedAnswer("治愈多少例？"), mode: "generative", text: "共治愈74例[1]。" };
    expect(formatAnswer(answer, format)).toMatch(/^共治愈74例\[1\]。\n\n\[1\] “/);
  });
});
