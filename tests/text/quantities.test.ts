import { describe, expect, it } from "vitest";
import { foldAligned } from "../../src/text/fold.ts";
import { findQuantities } from "../../src/text/quantities.ts";

function found(text: string): string[] {
  const folded = foldAligned(text);
  return findQuantities(folded).map(({ quantity, start, end }) => `${quantity} ${text.slice(start, end)}`);
}

describe("findQuantities", () => {
  it.each([
    ["2003年8月15日开业", ["date 2003年8月15日"]],
    ["二〇二一年秋天，上世纪八十年代", ["date 二〇二一年秋天", "date 八十年代"]],
    ["今年5月起，每周三坐诊", ["date 今年", "date 5月", "date 周三"]],
    [
      "98年，2001—2005年，公元前221年，光绪二十三年",
      ["date 98年", "date 2001—2005年", "date 公元前221年", "date 光绪二十三年"],
    ],
    ["5月的一天，3月份的产量", ["date 5月", "duration 一天", "date 3月份"]],
    ["早上8点半到晚上九点", ["clock 早上8点半", "clock 晚上九点"]],
    ["9:30开门，下午3时关门，七点二十起床", ["clock 9:30", "clock 下午3时", "clock 七点二十"]],
    ["九点二平方公里", ["area 九点二平方公里"]],
    ["两个半小时，一个半月，两个多月", ["duration 两个半小时", "duration 一个半月", "duration 两个多月"]],
    ["5000年文明", ["duration 5000年"]],
    ["每周三次，每周三坐诊", ["times 三次", "date 周三"]],
    ["用了十八个月，近三十年，两个多小时", ["duration 十八个月", "duration 三十年", "duration 两个多小时"]],
    ["花了一百二十八元，投入1.2亿元", ["money 一百二十八元", "money 1.2亿元"]],
    [
      "12亿5千万元，6元4角，三块五，八毛",
      ["money 12亿5千万元", "money 6元4角", "money 三块五", "money 八毛"],
    ],
    ["占百分之九十五点五，约三成，4.8%", ["ratio 百分之九十五点五", "ratio 三成", "ratio 4.8%"]],
    ["今年58岁", ["date 今年", "age 58岁"]],
    ["1284名党员，两万一千人次，20多位", ["people 1284名", "people 两万一千人次", "people 20多位"]],
    ["演了二十三场", ["times 二十三场"]],
    ["全长3.5公里，深约三十米", ["length 3.5公里", "length 三十米"]],
    ["占地30亩，5600平方米", ["area 30亩", "area 5600平方米"]],
    ["熬12吨，重六斤", ["weight 12吨", "weight 六斤"]],
    ["输血1800毫升", ["volume 1800毫升"]],
    ["零下38摄氏度", ["degree 38摄氏度"]],
    ["得了第三名，拿了冠军，前10名", ["rank 第三名", "rank 冠军", "rank 前10名"]],
    ["达到1200，人均两亩", ["area 两亩"]],
    ["床位800张，十一家公司", ["thing 800张", "thing 十一家"]],
  ])("tells what the numbers of %s measure", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    "一家公司的一些人一直在一起",
    "统一领导，十分重要",
    "他们夫妇千方百计",
    "快一点，三点意见，2850点",
    "第二天，第三年，第五场，第三十二条",
    "大多数人，少数人，数字，无数次",
    "上半年，下半年，多半是",
    "长三角，一块儿，三毛流浪记",
    "目前年产量，不同年龄，三年级",
    "人民路66号，神舟五号，8号病房",
    "百度公司，一度中断，5G网络",
    "一位医生，新一轮，一次性，三方协议",
  ])("finds none in %s, where no number counts anything", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("ends soon in texts that are nothing but numerals: a hundred thousand of them would take hours if it looked at each pair", () => {
    for (const numerals of ["万", "1", "1,", "一", "十点", "- 1"]) {
      const spans = findQuantities(numerals.repeat(100_000));
      expect(spans.every(({ start, end }, i) => start < end && (spans[i + 1]?.start ?? end) >= end)).toBe(
        true,
      );
    }
  });
});
