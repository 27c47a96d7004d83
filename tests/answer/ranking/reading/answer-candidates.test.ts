import { expect, it } from "vitest";
import { findCandidates } from "../../../../src/answer/ranking/reading/answer-candidates.ts";
import type { AnswerKind } from "../../../../src/question/asking-phrases.ts";
import { foldAligned } from "../../../../src/text/fold.ts";

it.each<[AnswerKind, string, string[]]>([
  ["person", "馆长周若岚说，铜灯修好了。", ["周若岚"]],
  ["person", "设计师是他，约翰·史密斯。", ["约翰·史密斯"]],
  ["time", "1958年3月5日奠基，二〇二一年开放，去年扩建。", ["1958年3月5日", "二〇二一年", "去年"]],
  ["time", "始建于清代，毁于民国三年。", ["清代", "民国三年"]],
  ["duration", "历时五十三天，前后用了3个月。", ["五十三天", "3个月"]],
  ["money", "總投資18億元，票價20元。", ["18億元", "20元"]],
  ["percentage", "转诊率下降到2%，即百分之二，出口占四成。", ["2%", "百分之二", "四成"]],
  ["number", "共有2300张床位。", ["2300张床"]],
  ["place", "医院位于株洲市天元区。", ["株洲市", "天元区"]],
  ["reason", "由于河道改变，博物馆搬迁。", ["由于"]],
  ["list", "馆内有青铜、玉器、陶器和瓷器。", ["馆内有青铜、玉器、陶器和瓷器"]],
  ["thing", "他出演《英雄》，获“劳模”称号。", ["《英雄》", "“劳模”"]],
])("finds what could be a %s in %s", (kind, sentence, expected) => {
  const found = findCandidates(kind, foldAligned(sentence)).map(({ start, end }) =>
    sentence.slice(start, end),
  );
  expect(found).toEqual(expect.arrayContaining(expected));
});

it.each<[AnswerKind, string]>([
  ["person", "医院位于江边。"],
  ["time", "馆里有铜灯。"],
  ["money", "馆里有铜灯37盏。"],
  ["percentage", "馆里有铜灯37盏。"],
  ["yes-no", "是的，馆里有铜灯。"],
])("finds no %s in %s", (kind, sentence) => {
  expect(findCandidates(kind, foldAligned(sentence))).toEqual([]);
});
