import { expect, it } from "vitest";
import { tokenize } from "../../src/text/tagged-words.ts";

it("gives every word at its place, so that together they are the text", () => {
  const text = "2017年8月，湘潭市中心医院的𠮷医生 came。";
  const tokens = tokenize(text);
  expect(tokens.map(({ start, end }) => text.slice(start, end))).toEqual(tokens.map(({ word }) => word));
  expect(tokens.map(({ word }) => word).join("")).toBe(text);
});

it("tells places from words", () => {
  const tags = new Map(tokenize("湘潭的医院").map(({ word, tag }) => [word, tag]));
  expect(tags.get("湘潭")).toBe("ns");
  expect(tags.get("医院")).toBe("n");
});
