import { describe, expect, it } from "vitest";
import { cutAnswer } from "../../../training/ranker/cut-answer.ts";
import { listCases } from "../../../training/ranker/list-cases.ts";
import type { Context, MarkedQuestion } from "../../../training/ranker/reading/training-data.ts";

const TEXT =
  "芙蓉洞位于重庆市武隆县江口镇。它在1993年由六位农民发现，1994年对外开放。洞内有大量的钟乳石，全长两千七百米，总面积三万七千平方米。";

const NO_ARTICLES = { articles: [], questions: [] };

function marked({ id, answer, cut }: { id: string; answer: string; cut?: string }): MarkedQuestion {
  const context: Context = { id: "c0000", text: TEXT, half: "A", cut, isFamiliar: false };
  return { id, text: "？", context, answer, offset: TEXT.indexOf(answer) };
}

describe("cutting an answer out of its context", () => {
  it("takes out the whole sentence and keeps the others", () => {
    expect(cutAnswer(marked({ id: "a", answer: "1994年" }))?.text).toBe(
      "芙蓉洞位于重庆市武隆县江口镇。洞内有大量的钟乳石，全长两千七百米，总面积三万七千平方米。",
    );
  });

  it("cuts nothing where hardly anything would be left", () => {
    const short = marked({ id: "a", answer: "1994年" });
    const text = "它1994年对外开放。洞内有钟乳石。";
    expect(cutAnswer({ ...short, context: { ...short.context, text }, offset: 1 })).toBeUndefined();
  });
});

describe("the cases that the ranker learns from", () => {
  const where = (question: MarkedQuestion, others: readonly MarkedQuestion[] = []) =>
    listCases({ contexts: [], marked: [question, ...others], reworded: [], english: [], whole: NO_ARTICLES })
      .slice(0, others.length === 0 ? undefined : 4)
      .map(({ corpus, answer }) => [corpus, answer]);

  it("asks a marked question where it is answered, and over the half that does not hold its context", () => {
    expect(where(marked({ id: "a", answer: "1994年" }))).toEqual([
      ["all", "1994年"],
      ["halfA", "1994年"],
      ["halfB", null],
    ]);
  });

  it("says what the embedding model knows, and counts twice and more what it does not", () => {
    const unknown = marked({ id: "a", answer: "1994年" });
    const known = { ...unknown, context: { ...unknown.context, isFamiliar: true } };
    const casesOf = (question: MarkedQuestion) =>
      listCases({ contexts: [], marked: [question], reworded: [], english: [], whole: NO_ARTICLES });
    expect(casesOf(known).map(({ familiarity }) => familiarity)).toEqual([
      "question",
      "question",
      "question",
    ]);
    expect(casesOf(unknown).map(({ familiarity }) => familiarity)).toEqual([undefined, undefined, undefined]);
    const weight = (question: MarkedQuestion) => casesOf(question)[0]!.weight;
    expect(weight(unknown)).toBeGreaterThan(2 * weight(known));
  });

  it("has no answer where it was cut out, and one where another sentence was", () => {
    const gone = marked({ id: "a", answer: "1994年", cut: "a" });
    expect(where(gone).at(-1)).toEqual(["cut", null]);
    const kept = marked({ id: "b", answer: "重庆市武隆县江口镇", cut: "a" });
    expect(where(kept, [gone]).at(-1)).toEqual(["cut", "重庆市武隆县江口镇"]);
  });

  it("leaves out questions whose answer was in the sentence cut for another one", () => {
    const gone = marked({ id: "a", answer: "1994年", cut: "a" });
    const beside = marked({ id: "b", answer: "六位农民", cut: "a" });
    const cases = listCases({
      contexts: [],
      marked: [beside, gone],
      reworded: [],
      english: [],
      whole: NO_ARTICLES,
    });
    expect(cases.filter(({ corpus }) => corpus === "cut").map(({ answer }) => answer)).toEqual([null]);
    expect(cases).toHaveLength(7);
  });

  it("asks about an article where it is, among a few and among all, and where it is not", () => {
    const articles = [0, 1].map((group) => articleOf(`n${group}`, group));
    const question = { text: "铜灯有几盏？", article: articles[0]!, answer: "三盏", offset: 2 };
    const nearMiss = { text: "铜灯卖多少钱？", article: articles[1]!, answer: null };
    const whole = { articles, questions: [question, nearMiss] };
    const cases = listCases({ contexts: [], marked: [], reworded: [], english: [], whole });
    expect(cases.map(({ corpus, answer }) => [corpus, answer])).toEqual([
      ["news", "三盏"],
      ["news-0", "三盏"],
      ["news-1", null],
      ["news", null],
      ["news-1", null],
      ["news-0", null],
    ]);
  });
});

function articleOf(id: string, group: number) {
  return { id, text: "灯\n铜灯三盏。", collection: "news", group } as const;
}
