import { describe, expect, it } from "vitest";
import { analyseQuestion } from "../../src/question/analyse-question.ts";
import { maySpeakOf } from "../../src/question/institutions.ts";

describe("the institutions of a question", () => {
  it.each([
    ["北京协和医院的院长是谁？", ["北京协和医院"]],
    ["湘潭市中心医院党委有多少名党员？", ["湘潭市中心医院"]],
    ["市中心医院有多少张床位？", []],
    ["定点医院有几家？", []],
    ["夏红是谁？", []],
  ])("of %s are %j", (question, institutions) => {
    expect(analyseQuestion(question).institutions).toEqual(institutions);
  });
});

describe("maySpeakOf", () => {
  it.each([
    ["湘潭市中心医院", "记者走进湘潭市中心医院的大厅。"],
    ["湘潭中心医院", "记者走进湘潭市中心医院的大厅。"],
    ["湘潭市一医院", "这里是湘潭市第一人民医院。"],
    ["北京协和医院", "他在协和医院进修过一年。"],
    ["长沙市第一医院", "长沙市中心医院的第一支部。"],
    ["中国人民大学附属中学", "人大附中不远。中国人民大学附属中学到了。"],
  ])("finds %s in %s", (institution, text) => {
    expect(maySpeakOf(institution, text)).toBe(true);
  });

  it.each([
    ["北京协和医院", "株洲市中心医院院长到北京开会。"],
    ["衡阳市中心医院", "市中心医院有党员1284名，株洲市中心医院也是。"],
    ["复旦大学", "他毕业于湖南大学。"],
    ["复旦大学", ""],
  ])("does not find %s in %s", (institution, text) => {
    expect(maySpeakOf(institution, text)).toBe(false);
  });
});
