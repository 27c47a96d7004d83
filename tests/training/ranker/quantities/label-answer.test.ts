import { describe, expect, it } from "vitest";
import { ANSWER_QUANTITIES } from "../../../../src/question/quantities/quantity-classifier.ts";
import { labelAnswer } from "../../../../training/ranker/quantities/label-answer.ts";

describe("labelAnswer", () => {
  it.each([
    ["一百二十八元", "money"],
    ["约１.２亿元", "money"],
    ["前后用了十一个月", "duration"],
    ["1935年到1948年", "date"],
    ["五条线路、二十三个屯", "thing"],
    ["借来的三辆车", "other"],
    ["扣件没有拧紧", "other"],
    ["", "other"],
  ])("says of %s that it is %s", (answer, expected) => {
    expect(ANSWER_QUANTITIES[labelAnswer(answer)]).toBe(expected);
  });
});
