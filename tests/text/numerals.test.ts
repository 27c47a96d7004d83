import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arabicNumbers, parseNumeral } from "../../src/text/numerals.ts";

describe("parseNumeral", () => {
  it.each([
    ["五", 5],
    ["十", 10],
    ["十二", 12],
    ["五十三", 53],
    ["一百二十", 120],
    ["一百零五", 105],
    ["三百五", 350],
    ["两千零六", 2006],
    ["两千零六十", 2060],
    ["三万五", 35_000],
    ["三万五千", 35_000],
    ["十万零八百", 100_800],
    ["二十万五", 205_000],
    ["一亿二千万", 120_000_000],
    ["一千零一亿", 100_100_000_000],
    ["三亿五千万零七", 350_000_007],
    ["一万亿", 1_000_000_000_000],
    ["二〇二一", 2021],
    ["一九四九", 1949],
    ["一点五", 1.5],
    ["九十九点零五", 99.05],
  ])("reads %s as %d", (numeral, value) => {
    expect(parseNumeral(numeral)).toBe(value);
  });

  it.each(["", "万亿", "点一", "一点", "一点二点三", "一点十", "五十三天"])(
    "reads no number in “%s”",
    (text) => {
      expect(parseNumeral(text)).toBeUndefined();
    },
  );

  it("reads every whole number below a trillion as it is written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (value) => {
        expect(parseNumeral(write(value))).toBe(value);
      }),
    );
  });
});

describe("arabicNumbers", () => {
  it.each([
    ["奋战了五十三天", ["53"]],
    ["二〇二一年三月二十八日", ["2021", "28"]],
    ["转诊率下降到百分之二", ["2%"]],
    ["百分之九十九点五", ["99.5%"]],
    ["百分之12.5", ["12.5%"]],
    ["占地三万五千平方米,投资一点五亿元", ["35000"]],
    ["接种25,400剂,另有1,234,567人次", ["25400", "1234567"]],
  ])("finds in %s: %j", (text, numbers) => {
    expect(arabicNumbers(text)).toEqual(expect.arrayContaining(numbers));
  });

  it("leaves single digits alone: they are mostly parts of words", () => {
    expect(arabicNumbers("一起努力,三甲医院,万一有事")).toEqual([]);
  });

  it("takes no list of numbers for one number", () => {
    expect(arabicNumbers("第1,2,3条,2019,100人")).toEqual([]);
  });
});

/** The usual writing of a whole number: 一千零一亿. */
function write(value: number): string {
  const groups = [
    [100_000_000, "亿"],
    [10_000, "万"],
    [1, ""],
  ] as const;
  let rest = value;
  let written = "";
  for (const [size, unit] of groups) {
    const group = Math.floor(rest / size);
    rest %= size;
    if (group === 0) continue;
    if (written !== "" && group < 1000) written += "零";
    written += writeGroup(group) + unit;
  }
  return written;
}

function writeGroup(group: number): string {
  let rest = group;
  let written = "";
  for (const [size, unit] of [
    [1000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(rest / size);
    rest %= size;
    if (digit > 0) written += "零一二三四五六七八九"[digit] + unit;
    else if (written !== "" && rest > 0 && !written.endsWith("零")) written += "零";
  }
  return written;
}
