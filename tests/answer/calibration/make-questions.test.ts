import { expect, it } from "vitest";
import { makeQuestions } from "../../../src/answer/calibration/make-questions.ts";
import { article } from "../../support/builders.ts";

it.each([
  ["澄江市博物馆于1958年建成开放。", "澄江市博物馆于什么时候建成开放？", "1958年"],
  ["白鹭河治理工程总投资18亿元。", "白鹭河治理工程总投资多少钱？", "18亿元"],
  ["志愿者在医院里奋战了五十三天。", "志愿者在医院里奋战了多久？", "五十三天"],
  ["如今医院的转诊率下降到2%。", "如今医院的转诊率下降到百分之多少？", "2%"],
  ["“澄江市博物馆于1958年建成开放。”", "澄江市博物馆于什么时候建成开放？", "1958年"],
])("asks for what %s tells", (text, question, answer) => {
  expect(makeQuestions(article({ id: "town", text }))).toEqual([{ question, answer, articleId: "town" }]);
});

it("asks one thing a sentence, in the order of the article", () => {
  const text = "澄江市博物馆于1958年建成，馆长周若岚在2019年上任。\n治理工程历时十二年，总投资18亿元人民币。";
  expect(makeQuestions(article({ text })).map(({ answer }) => answer)).toEqual(["1958年", "18亿元"]);
});

it.each(["医院很好。", "1958年。", `${"澄江市博物馆和白鹭河".repeat(4)}在1958年。`, ""])(
  "asks nothing of “%s”",
  (text) => {
    expect(makeQuestions(article({ text }))).toEqual([]);
  },
);
