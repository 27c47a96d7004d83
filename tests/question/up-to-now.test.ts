import { describe, expect, it } from "vitest";
import { dropUpToNow } from "../../src/question/up-to-now.ts";

describe("dropUpToNow", () => {
  it.each([
    ["这家诊所到现在服务了多少患者", "这家诊所服务了多少患者"],
    ["这家诊所到现在为止服务了多少患者", "这家诊所服务了多少患者"],
    ["截至目前一共有多少名志愿者", "一共有多少名志愿者"],
    ["到目前为止修好了几座桥", "修好了几座桥"],
    ["这座桥至今有多少年", "这座桥有多少年"],
    ["到今天为止种了多少亩", "种了多少亩"],
    ["现在的馆长是谁", "的馆长是谁"],
    ["目前有多少名职工", "有多少名职工"],
  ])("%s", (text, rest) => {
    expect(dropUpToNow(text)).toBe(rest);
  });

  it.each([
    "今天的天气怎么样",
    "如何实现在线预约",
    "骨架出现在哪个展厅",
    "为什么到北湾去",
    "从1949年到1978年有多少学生",
    "",
  ])("leaves as it is: %s", (text) => {
    expect(dropUpToNow(text)).toBe(text);
  });
});
