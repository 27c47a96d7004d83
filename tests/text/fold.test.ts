import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, foldAligned } from "../../src/text/fold.ts";

/** Simplified, traditional, full-width, Latin, signs that NFKC takes apart, a character outside the basic plane. */
const text = fc
  .array(
    fc.constantFrom(
      ..."北京發展頭髮後裡乾隆資訊軟體網路支援臺灣ＡＢｃ１２㎡①Ⅳﬁ％，。「」 \n9%𠮷嚴體é".split(/(?:)/u),
    ),
    { maxLength: 40 },
  )
  .map((characters) => characters.join(""));

describe("fold", () => {
  it.each([
    ["頭髮與發展", "头发与发展"],
    ["以後，皇后", "以后,皇后"],
    ["裡面", "里面"],
    ["乾隆年間", "乾隆年间"],
  ])("writes %s in simplified characters, by the word it stands in", (traditional, simplified) => {
    expect(fold(traditional)).toBe(simplified);
  });

  it("takes the words of Taiwan for those of the mainland where they are written in traditional characters", () => {
    expect(fold("資訊與軟體")).toBe("信息与软件");
    expect(fold("支援武漢")).toBe("支援武汉");
    expect(fold("支援中心")).toBe("支援中心");
  });

  it.each([
    ["接種點啟用", "接种点启用"],
    ["通訊員查詢資料與檔案", "通讯员查询资料与档案"],
    ["執行院長設定指標", "执行院长设定指标"],
    ["自閉症與腦梗塞", "自闭症与脑梗塞"],
  ])("leaves the words of %s that both sides write as they are", (traditional, simplified) => {
    expect(fold(traditional)).toBe(simplified);
  });

  it("knows a longer word of Taiwan by its own meaning", () => {
    expect(fold("資料庫的資料")).toBe("数据库的资料");
    expect(fold("網路資訊，搜尋訊息")).toBe("网络信息,搜索消息");
  });

  it("makes full-width letters and digits half-width, and small", () => {
    expect(fold("ＰＰＲ－９０８７，５３．９５％")).toBe("ppr-9087,53.95%");
    expect(fold("Ⅳ期，100㎡")).toBe("iv期,100m2");
  });

  it("gives the same for a text and for its folded form", () => {
    fc.assert(
      fc.property(text, (original) => {
        expect(fold(fold(original))).toBe(fold(original));
      }),
    );
  });
});

describe("foldAligned", () => {
  it("keeps every character at its offset, whatever the text", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const aligned = foldAligned(before + after);
        expect(aligned).toHaveLength(before.length + after.length);
        expect(aligned).toBe(foldAligned(before) + foldAligned(after));
      }),
    );
  });

  it("folds what fits into its place and leaves the rest", () => {
    expect(foldAligned("Ｔ１臺灣，①㎡")).toBe("t1台湾,1㎡");
  });

  it("knows no words", () => {
    expect(foldAligned("資訊")).toBe("资讯");
  });
});
