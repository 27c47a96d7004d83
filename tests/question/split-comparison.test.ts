import { describe, expect, it } from "vitest";
import { splitComparison } from "../../src/question/split-comparison.ts";

describe("splitComparison", () => {
  it.each([
    ["甲医院和乙医院各有多少床位？", ["甲医院有多少床位？", "乙医院有多少床位？"]],
    [
      "湘潭市中心医院与株洲市中心医院分别创立于哪一年？",
      ["湘潭市中心医院创立于哪一年？", "株洲市中心医院创立于哪一年？"],
    ],
    ["澄江博物馆和南岭博物馆的馆长各是谁？", ["澄江博物馆的馆长是谁？", "南岭博物馆的馆长是谁？"]],
    ["北京大学、南京大学各自在哪一年建校？", ["北京大学在哪一年建校？", "南京大学在哪一年建校？"]],
  ])("makes two questions of %s", (question, parts) => {
    expect(splitComparison(question)).toEqual(parts);
  });

  it.each([
    "湘潭市中心医院创立于哪一年？",
    "医院和学校各有多少人？",
    "甲医院和乙医院一共有多少床位？",
    "各种医院和各类医院有什么不同？",
    "刘毅和谁一起奋战了五十三天？",
    "",
  ])("leaves “%s” alone", (question) => {
    expect(splitComparison(question)).toEqual([question]);
  });
});
