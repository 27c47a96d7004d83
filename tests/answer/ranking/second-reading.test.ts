import { describe, expect, it } from "vitest";
import type { FoundPassage } from "../../../src/answer/ranking/scoring/scoring-task.ts";
import { joinReadings, passagesNaming, secondReading } from "../../../src/answer/ranking/second-reading.ts";

describe("a question that names an organisation is read again without the name", () => {
  it.each([
    ["远舟船舶公司的总设计师是谁？", "远舟船舶公司", "总设计师是谁"],
    ["谁是远舟船舶公司的总设计师", "远舟船舶公司", "谁是总设计师"],
    ["请问市中西医结合医院，近3年新发展了多少名党员？", "市中西医结合医院", "近3年新发展了多少名党员"],
    ["禾田種業公司里有多少农艺师", "禾田种业公司", "有多少农艺师"],
  ])("%s", (question, organisation, rest) => {
    expect(secondReading(question)).toEqual({ organisation, question: rest });
  });

  it.each([
    ["it names none", "望仙桥有多长？"],
    ["it names several", "远舟船舶公司和禾田种业公司各有多少员工？"],
    ["it says nothing else", "远舟船舶公司怎么样？"],
    ["it is empty", ""],
    ["it is English, whose words are matched by meaning", "How many people work at 远舟船舶公司 in Beiwan?"],
  ])("not where %s", (_why, question) => {
    expect(secondReading(question)).toBeUndefined();
  });
});

describe("joinReadings", () => {
  it("gives the mean of both in the passages that were read again, and leaves the others", () => {
    const passages = [found("禾田种业公司", 2), found("远舟船舶公司", 1), found("禾田种业公司", 1)];
    const naming = passagesNaming("禾田种业公司", passages);
    expect(naming).toEqual([passages[0], passages[2]]);
    const scores = Float64Array.of(1, 2, 3, 4);
    const joined = joinReadings(passages, scores, {
      passages: naming,
      scores: Float64Array.of(-1, 4, 0),
    });
    const offset = joined[0]!;
    expect(joined[1]! - offset).toBeCloseTo(3);
    expect(joined[2]).toBe(3);
    expect(joined[3]! - offset).toBeCloseTo(2);
    expect([...scores]).toEqual([1, 2, 3, 4]);
  });
});

function found(article: string, sentences: number): FoundPassage {
  return { article, passage: { sentences: Array(sentences) } } as unknown as FoundPassage;
}
