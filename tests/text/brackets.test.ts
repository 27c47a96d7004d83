import { expect, it } from "vitest";
import { matchBrackets } from "../../src/text/brackets.ts";

it("finds where each bracket closes, the inner of nested ones too", () => {
  const line = "他说：“《英雄》（第一部）好！”走了。";
  expect(pairs(line)).toEqual(["“《英雄》（第一部）好！”", "《英雄》", "（第一部）"]);
});

it("leaves out what never closes, and what never opened", () => {
  expect(pairs("“没有说完")).toEqual([]);
  expect(pairs("说完了。”")).toEqual([]);
  expect(pairs("“《英雄”》")).toEqual(["“《英雄”"]);
});

function pairs(line: string): string[] {
  return [...matchBrackets(line)].sort(([a], [b]) => a - b).map(([start, end]) => line.slice(start, end + 1));
}
