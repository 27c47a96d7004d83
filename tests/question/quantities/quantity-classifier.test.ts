import { describe, expect, it } from "vitest";
import { analyseQuestion } from "../../../src/question/analyse-question.ts";
import {
  ANSWER_QUANTITIES,
  classifyQuantity,
  cuesOf,
} from "../../../src/question/quantities/quantity-classifier.ts";

describe("the cues of a question", () => {
  it("are its kind, its asking phrase, and what stands around that", () => {
    const cues = cuesOf({ text: "医院有多少床位", kind: "number", asking: { start: 3, end: 5 } });
    expect([...cues]).toEqual(
      expect.arrayContaining(["kind:number", "asks:多少", "有", "多少", "少床", "床位", "位$"]),
    );
    expect(cues).toContain("^医");
    expect(cues).not.toContain("医院有");
  });

  it("are those of its end where no phrase asks", () => {
    const cues = cuesOf({ text: "医院的床位", kind: "thing", asking: { start: 5, end: 5 } });
    expect(cues).toContain("床位");
    expect(cues).not.toContain("^医");
  });
});

describe("classifyQuantity", () => {
  const model = { biases: [0, 0], weights: new Map([["岁", [2, -1]]]) };

  it("gives probabilities by the weights of the cues it knows", () => {
    const [yes, no] = classifyQuantity(["岁", "不知道"], model);
    expect(yes! + no!).toBeCloseTo(1);
    expect(yes! / no!).toBeCloseTo(Math.exp(3));
  });

  it("gives what is usual where it knows no cue", () => {
    expect(classifyQuantity([], model)).toEqual([0.5, 0.5]);
  });
});

describe("what questions are expected to be answered by", () => {
  it.each([
    ["这座桥花了多少钱", "money"],
    ["去一趟要交多少", "money"],
    ["老篾匠今年多大年纪", "age"],
    ["图书馆几点关门", "clock"],
    ["工地上有多少人", "people"],
    ["大桥有多长", "length"],
    ["合作社种了多少亩茶", "area"],
    ["盖这栋楼用了多久", "duration"],
    ["学校是哪年办起来的", "date"],
    ["老校长为什么不肯走", "other"],
  ])("of %s it is %s", (question, expected) => {
    const { quantityProbabilities: probabilities } = analyseQuestion(question);
    expect(ANSWER_QUANTITIES[probabilities.indexOf(Math.max(...probabilities))]).toBe(expected);
    expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1);
  });
});
