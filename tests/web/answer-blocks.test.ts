import { describe, expect, it } from "vitest";
import type { Citation } from "../../src/answer/answer.ts";
import { answerBlocks, citationsWithoutExcerpt } from "../../web/conversation/answer-blocks.ts";

const CURED = citation(1, "在黄冈累计治愈出院患者74例。");
const DAYS = citation(2, "他们奋战了53天。\n无一人感染。");
const TEXT = `${CURED.quote}[1]\n${DAYS.quote}[2]`;

describe("the blocks of an answer", () => {
  it("are excerpts where the text is quotes with their markers, line breaks in a quote included", () => {
    expect(answerBlocks(TEXT, [CURED, DAYS])).toEqual([
      { kind: "excerpt", citation: CURED, shown: CURED.quote },
      { kind: "excerpt", citation: DAYS, shown: DAYS.quote },
    ]);
  });

  it("are excerpts too where the quotes stand in quotation marks", () => {
    expect(answerBlocks(`“${CURED.quote}” [1]`, [CURED])).toEqual([
      { kind: "excerpt", citation: CURED, shown: CURED.quote },
    ]);
  });

  it("never turn from excerpt to prose while the text streams", () => {
    for (let length = 1; length <= TEXT.length; length += 1) {
      const blocks = answerBlocks(TEXT.slice(0, length), [CURED, DAYS]);
      expect(
        blocks.map(({ kind }) => kind),
        TEXT.slice(0, length),
      ).not.toContain("prose");
      const shown = blocks.map((block) => (block.kind === "excerpt" ? block.shown : ""));
      expect(TEXT.replace(/\[\d\]/g, "").startsWith(shown.join("\n").trim())).toBe(true);
    }
  });

  it("are prose with markers where a model wrote", () => {
    expect(answerBlocks("治愈74例[1]，用了53天[2][7]。", [CURED, DAYS])).toEqual([
      {
        kind: "prose",
        parts: [
          { text: "治愈74例" },
          { marker: 1 },
          { text: "，用了53天" },
          { marker: 2 },
          { marker: 7 },
          { text: "。" },
        ],
      },
    ]);
  });

  it("leave a quote inside a written sentence alone", () => {
    const blocks = answerBlocks(`${CURED.quote}这是报道的原话[1]。`, [CURED]);
    expect(blocks.map(({ kind }) => kind)).toEqual(["prose"]);
    expect(citationsWithoutExcerpt(blocks, [CURED])).toEqual([CURED]);
  });

  it("tell two citations of the same words apart by their markers", () => {
    const again = citation(2, CURED.quote);
    const blocks = answerBlocks(`${CURED.quote}[1]\n${CURED.quote}[2]`, [CURED, again]);
    expect(blocks.map((block) => block.kind === "excerpt" && block.citation.marker)).toEqual([1, 2]);
  });
});

function citation(marker: number, quote: string): Citation {
  const span = { start: 100, end: 100 + quote.length };
  return { marker, passageId: `a#${marker}`, articleId: "a", title: "题", span, quote, score: 1 };
}
