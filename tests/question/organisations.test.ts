import { describe, expect, it } from "vitest";
import { findOrganisations } from "../../src/question/organisations.ts";

describe("findOrganisations", () => {
  it.each([
    ["市中西医结合医院近3年新发展了多少名党员", ["市中西医结合医院"]],
    ["三三一医院从哪一年开始组建医联体", ["三三一医院"]],
    ["白关镇中心卫生院有几名医生", ["白关镇中心卫生院"]],
    ["湖南科技大学和株洲市第一中学的校长", ["湖南科技大学", "株洲市第一中学"]],
    ["第一党支部为谁筹款", ["第一党支部"]],
    ["疫情期间，市中心医院派出多少人", ["市中心医院"]],
  ])("takes what tells an organisation from others into its name: %s", (text, names) => {
    expect(findOrganisations(text).map(({ start, end }) => text.slice(start, end))).toEqual(names);
  });

  it.each(["医院有多少张床位", "他在哪家公司上班", "支援武汉的医疗队", ""])(
    "finds none where none is told apart: %s",
    (text) => {
      expect(findOrganisations(text)).toEqual([]);
    },
  );
});
