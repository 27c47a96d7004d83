import { expect, it } from "vitest";
import { contentWords } from "../../src/text/content-words.ts";

it("keeps the words that mean something, at their places", () => {
  const text = "澄江市的老馆长，在2021年主持修复了3盏铜灯。";
  const words = contentWords(text);
  for (const { start, end, word } of words) expect(text.slice(start, end)).toBe(word);
  expect(words.map(({ word }) => word)).toEqual(expect.arrayContaining(["澄江", "馆长", "主持", "修复"]));
  expect(words.map(({ word }) => word)).not.toContain("盏");
});

it("leaves out particles, pronouns, measures, plain verbs and marks", () => {
  expect(contentWords("他们就是在那里，而且是一个，吗？")).toEqual([]);
  expect(contentWords("")).toEqual([]);
});

it("keeps words that no dictionary knows, which are names more often than not", () => {
  expect(contentWords("三三一医院的民医工作室").map(({ word }) => word)).toEqual([
    "三三一",
    "医院",
    "民医",
    "工作室",
  ]);
});
