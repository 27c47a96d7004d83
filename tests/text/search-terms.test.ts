import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchTerms } from "../../src/text/search-terms.ts";

describe("searchTerms", () => {
  it("finds words and every pair of neighbouring characters", () => {
    const terms = searchTerms("湘潭市中心医院");
    expect(terms).toEqual(
      expect.arrayContaining(["湘潭市", "中心医院", "湘潭", "潭市", "市中", "心医", "医院"]),
    );
  });

  it("counts a word of two characters once each time it occurs", () => {
    expect(searchTerms("医院。医院").filter((term) => term === "医院")).toHaveLength(2);
  });

  it("makes no pair across punctuation or a line", () => {
    const terms = searchTerms("到了医院，学校\n也在");
    expect(terms).not.toContain("院学");
    expect(terms).not.toContain("校也");
  });

  it.each([
    ["型号PPR-9087已停产", ["ppr-9087", "ppr", "9087"]],
    ["5G网络", ["5g", "5", "g"]],
    ["版本v1.2", ["v1.2", "v"]],
    ["占53.95%", ["53.95%", "53.95"]],
    ["依据GB/T 19001", ["gb/t", "19001"]],
    ["10:30开诊", ["10:30"]],
  ])("keeps the codes of %s whole, and knows their parts", (text, codes) => {
    expect(searchTerms(text)).toEqual(expect.arrayContaining(codes));
  });

  it("leaves a decimal number in one piece", () => {
    expect(searchTerms("53.95%")).toEqual(["53.95%", "53.95"]);
  });

  it.each([
    ["奋战五十三天", "奋战53天", "53"],
    ["始建于二〇二一年", "始建于2021年", "2021"],
    ["下降到百分之二", "下降到2%", "2%"],
    ["一万两千人", "12,000人", "12000"],
  ])("finds %s and %s by the same number", (written, figures, number) => {
    expect(searchTerms(written)).toContain(number);
    expect(searchTerms(figures)).toContain(number);
  });

  it.each([
    ["醫療衛生機構", "医疗卫生机构"],
    ["資訊系統", "信息系统"],
    ["ＰＰＲ－９０８７", "ppr-9087"],
  ])("finds the same terms in %s and in %s", (one, other) => {
    expect(searchTerms(one)).toEqual(searchTerms(other));
  });

  it("finds nothing in white space and punctuation", () => {
    expect(searchTerms("，。！？“”《》…… \n\t-—%")).toEqual([]);
  });

  it("gives terms that hold a letter or a digit and no white space, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        for (const term of searchTerms(text)) {
          expect(term).toMatch(/[\p{L}\p{N}]/u);
          expect(term).not.toMatch(/\s/u);
        }
      }),
    );
  });
});
