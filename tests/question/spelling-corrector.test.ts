import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeywordIndex } from "../../src/indexing/keyword-index.ts";
import { SpellingCorrector } from "../../src/question/spelling-corrector.ts";
import { fold } from "../../src/text/fold.ts";
import { searchTerms } from "../../src/text/search-terms.ts";

const TEXTS = [
  "株洲市中心医院位于株洲市天元区。",
  "黎柏峰医生来自湘潭市中心医院。",
  "澄江博物馆馆长周若岚主持青铜器的修复工作。",
];

describe("SpellingCorrector", () => {
  const corrector = correctorOver(TEXTS);

  it.each([
    ["株州市中心医院有多少床位", "株洲市中心医院有多少床位"],
    ["黎柏锋是谁", "黎柏峰是谁"],
    ["周若兰是谁", "周若岚是谁"],
  ])("mends a name by its sound: %s", (mistyped, mended) => {
    expect(corrector.correct(mistyped)).toBe(mended);
  });

  it("mends a character within a name by its neighbours where only one stands between them", () => {
    expect(corrector.correct("黎伯峰是谁")).toBe("黎柏峰是谁");
    expect(correctorOver(["江水清医生来了。", "江小清医生来了。"]).correct("江心清医生是谁")).toBe(
      "江心清医生是谁",
    );
  });

  it.each([
    ["a name that is right", "周若岚是株洲市中心医院的吗？"],
    ["ordinary words that the corpus does not use", "今天天气怎么样？"],
    ["another city, which sounds like none", "上海在哪里？"],
    ["a slip outside a name", "澄江搏物馆在哪"],
    ["English", "What is PPR-9087?"],
    ["nothing", ""],
  ])("leaves %s as it was typed", (_, question) => {
    expect(corrector.correct(question)).toBe(question);
  });

  it("leaves a question as long as it was, whatever is typed", () => {
    const characters = fc.constantFrom(
      ..."株洲州湘潭谭市黎柏伯峰周若岚兰澄江是谁的医院在哪里？".split(/(?:)/u),
    );
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 14 }), (typed) => {
        const question = typed.join("");
        expect(corrector.correct(question)).toHaveLength(fold(question).length);
      }),
    );
  });
});

function correctorOver(texts: readonly string[]): SpellingCorrector {
  return new SpellingCorrector(KeywordIndex.build(texts.map(searchTerms)));
}
