import { describe, expect, it } from "vitest";
import { mainName } from "../../../src/answer/suggestions/main-name.ts";
import { naturalQuestions } from "../../../src/answer/suggestions/natural-questions.ts";
import { article } from "../../support/builders.ts";
import { NEWSPAPER_ARTICLES } from "../../support/indexes/newspaper-articles.ts";

const NAMED = "湘潭市中心医院很大。湘潭市中心医院很老。湘潭市中心医院很好。";

describe("naturalQuestions", () => {
  it.each([
    ["2017年，吴孟超院士工作站于株洲挂牌。", "吴孟超院士工作站什么时候在株洲挂牌？", "2017年"],
    ["2019年9月9日，“一站式”服务中心正式启用。", "“一站式”服务中心什么时候正式启用？", "2019年9月9日"],
    ["5 月 7 日，湘潭市体育中心启用。", "湘潭市体育中心什么时候启用？", "5 月 7 日"],
    [`${NAMED}2017 年，医院获评“全国文明单位”。`, "湘潭市中心医院什么时候获评“全国文明单位”？", "2017 年"],
    [`${NAMED}医院创立于 1900 年，至今已有121年。`, "湘潭市中心医院创立于哪一年？", "1900 年"],
    [`${NAMED}医院党员人数达到145人。`, "湘潭市中心医院党员人数达到多少人？", "145"],
    ["湘潭市志愿服务中心拥有注册志愿者2800名。", "湘潭市志愿服务中心拥有多少名注册志愿者？", "2800"],
    ["湘潭市中心医院党委书记夏红说，医院很好。", "湘潭市中心医院党委书记是谁？", "夏红"],
    [
      "外科主任陈映辉，率先在株洲地区开展鼻内窥镜微创手术。",
      "谁率先在株洲地区开展鼻内窥镜微创手术？",
      "陈映辉",
    ],
  ])("makes of %s the question %s", (text, question, answer) => {
    expect(naturalQuestions(article({ text }))).toContainEqual(expect.objectContaining({ question, answer }));
  });

  it.each([
    ["a subject that points elsewhere", "2017年，该院成立。2018年，它成立了工作站。2019年，我市医院成立。"],
    ["a name that nothing in the text completes", "2017年，医院获评“全国文明单位”。医院创立于1900年。"],
    ["no subject", "2017年，成立医疗集团理事会。2018年，正式启用。拥有注册志愿者2800名。"],
    ["a verb in the subject", "2017年，通过努力医院联盟正式成立。"],
    ["a date that is not one", "近年来，吴孟超院士工作站于株洲挂牌。当天，吴孟超院士工作站挂牌。"],
    ["a number about right", "湘潭市志愿服务中心拥有注册志愿者2800余名。"],
    ["a deputy, or a former one", "心胸血管外科副主任汤俊毅说，可以。市医院原党总支书记王劲说，可以。"],
    ["half a quotation", "2017年，“湘潭市创新工作室正式成立。”"],
    ["more than a reader would type", `2017年，${"湖南省".repeat(9)}医疗中心正式成立。`],
    ["traditional characters, which it cannot ask in", "2017年，臺北醫學中心與臺大醫院聯盟正式成立。"],
    ["English", "The hospital was founded in 1900. It has 2,800 volunteers."],
  ])("makes none of %s", (_reason, text) => {
    expect(naturalQuestions(article({ text }))).toEqual([]);
  });

  it("leaves headings and captions alone", () => {
    const text = "2017年，吴孟超院士工作站挂牌。\n株洲市中心医院院长蔡安烈说。";
    const line = { start: 0, end: 16 };
    const headings = [{ span: line, level: 1 }];
    const questions = (facts: object) =>
      naturalQuestions(article({ text, ...facts })).map(({ form }) => form);
    expect(questions({})).toEqual(["when", "who-is"]);
    expect(questions({ headings })).toEqual(["who-is"]);
    expect(questions({ captions: [line] })).toEqual(["who-is"]);
  });

  it("makes of the newspaper articles questions of at most 28 characters, with an answer that stands there", () => {
    for (const each of NEWSPAPER_ARTICLES) {
      const questions = naturalQuestions(each);
      expect(questions.length, each.id).toBeGreaterThan(0);
      for (const { question, answer } of questions) {
        expect(question).toMatch(/^[^，。\s]{6,27}？$/u);
        expect(question).not.toMatch(/该院|它|本报|记者|▲/u);
        expect(each.text).toContain(answer);
      }
    }
  });
});

describe("mainName", () => {
  it.each([
    [`${NAMED}在湘潭市中心医院，医院里，该院的中心医院。`, "湘潭市中心医院"],
    ["市三三一医院好。在市三三一医院，市三三一医院。省人民医院。", "市三三一医院"],
    ["医院好。医院老。医院大。该院小。", undefined],
    ["湘潭市中心医院一次。", undefined],
    ["", undefined],
  ])("in %s is %s", (text, name) => {
    expect(mainName(text)).toBe(name);
  });
});
