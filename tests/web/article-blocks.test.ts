import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { articleBlocks } from "../../web/source/article-blocks.ts";

const TEXT =
  "红旗漫卷\n记者毛以国 李琳婕\n● 党建照初心\n党建是根基。医院创建了8个专科。\n\n还有140项新技术。\n▲ 医院大楼\n一个都不能少。";
const spanOf = (words: string) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length });
const ARTICLE = {
  text: TEXT,
  headings: [
    { span: spanOf("红旗漫卷"), level: 0 },
    { span: spanOf("党建照初心"), level: 2 },
  ],
  captions: [spanOf("记者毛以国 李琳婕"), spanOf("▲ 医院大楼")],
};

const PLAIN = { text: TEXT, headings: [], captions: [] };

const textOf = (blocks: ReturnType<typeof articleBlocks>) =>
  blocks.map(({ segments }) => segments.map(({ text }) => text).join("")).join("\n");

describe("an article's blocks", () => {
  it("are its lines, each what the article says it is, headings without their bullets", () => {
    const blocks = articleBlocks(ARTICLE, [], 0);
    expect(blocks.map(({ kind }) => kind)).toEqual([
      "title",
      "caption",
      "heading",
      "paragraph",
      "paragraph",
      "caption",
      "paragraph",
    ]);
    expect(textOf(blocks)).toBe(TEXT.replace("● ", "").replace(/\n+/g, "\n"));
  });

  it("hold the current place in one segment even across paragraphs", () => {
    const start = TEXT.indexOf("医院创建");
    const end = TEXT.indexOf("140项");
    const marked = articleBlocks(ARTICLE, [{ start, end }], 0).flatMap(({ segments }) =>
      segments.filter(({ place }) => place === 0),
    );
    expect(marked.map(({ text }) => text)).toEqual([TEXT.slice(start, end)]);
  });

  it("hold every current place whole, and lose no character, whatever the places are", () => {
    const place = fc
      .tuple(fc.nat(TEXT.length), fc.nat(TEXT.length))
      .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), fc.nat(3), (places, index) => {
        const current = index % places.length;
        const chosen = places[current]!;
        const blocks = articleBlocks(PLAIN, places, current);
        const quote = TEXT.slice(chosen.start, chosen.end);
        const marked = blocks.flatMap(({ segments }) => segments.filter((part) => part.place === current));
        if (quote.trim() !== "") expect(marked.map(({ text }) => text)).toEqual([quote]);
        expect(textOf(blocks).replace(/\s/g, "")).toBe(TEXT.replace(/\s/g, ""));
      }),
    );
  });

  it("survive places that lie outside the text", () => {
    expect(textOf(articleBlocks(PLAIN, [{ start: 900, end: 950 }], 0))).toBe(TEXT.replace(/\n+/g, "\n"));
    expect(articleBlocks({ ...PLAIN, text: "" }, [{ start: 0, end: 5 }], 0)).toEqual([]);
  });
});
