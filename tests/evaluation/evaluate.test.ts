import { describe, expect, it } from "vitest";
import { NO_ANSWER } from "../../src/evaluation/question-set.ts";
import { chatbotWith, evaluateScripts, question, SOURCES } from "../support/scripted-evaluation.ts";

const FOUNDED = question({ id: "founded" });
const SECRETARY = question({ id: "secretary", question: "书记是谁？", answers: ["夏红"] });
const FEE = question({ id: "fee", kind: NO_ANSWER, question: "挂号费是多少？" });
const WEATHER = question({ id: "weather", kind: NO_ANSWER, question: "天气怎么样？" });

const SCRIPTS = {
  [FOUNDED.question]: { found: [0, 2], quotes: ["医院创立于1900年。", "刘毅奋战了53天。"] },
  [SECRETARY.question]: {},
  [FEE.question]: { found: [3], quotes: ["累计治愈出院患者74例。"] },
  [WEATHER.question]: { found: [2] },
};

describe("an evaluation", () => {
  it("gives the means of each kind and of all", async () => {
    const { kinds, all } = await evaluateScripts(SCRIPTS, [FOUNDED, SECRETARY, FEE, WEATHER]);
    expect(Object.keys(kinds)).toEqual(["fact", NO_ANSWER]);
    const { fact, [NO_ANSWER]: none } = kinds;
    expect(fact).toMatchObject({
      questions: 2,
      measures: {
        "answerRecall@1": { value: 0.5, count: 2 },
        "citationHit@1": { value: 0.5, count: 2 },
        rightDecision: { value: 0.5, count: 2 },
      },
    });
    expect(none?.measures).toMatchObject({ rightDecision: { value: 0.5, count: 2 } });
    expect(all).toMatchObject({
      questions: 4,
      measures: {
        "citationHit@3": { value: 0.5, count: 2 },
        refusalPrecision: { value: 0.5, count: 2 }, // the weather, and wrongly the secretary
        refusalRecall: { value: 0.5, count: 2 },
      },
    });
    expect(none?.measures.refusalPrecision).toBeUndefined();
    expect(all.measures.allCited).toBeUndefined();
  });

  it("counts the characters of quotes, one by one and by answer", async () => {
    const { all } = await evaluateScripts(SCRIPTS, [FOUNDED, SECRETARY, FEE, WEATHER]);
    // 11 and 9 characters in one answer, 12 in the other
    expect(all.quoteCharacters).toEqual({ median: 11, max: 12 });
    expect(all.answerCharacters).toEqual({ median: 16, max: 20 });
  });

  it("checks every quote at its place and in its file", async () => {
    const { citations } = await evaluateScripts(SCRIPTS, [FOUNDED, FEE], {
      sources: new Map([
        ...SOURCES,
        ["xiangtan", "医院创立\n\n于 19\u200b00 年。党委书记是夏红。"],
        ["zhuzhou", "另一篇"],
      ]),
    });
    expect(citations).toEqual({ count: 3, atTheirSpan: 3, inTheirFile: 1 });
  });

  it("keeps what was returned to each question", async () => {
    const { results } = await evaluateScripts(SCRIPTS, [FOUNDED, WEATHER]);
    expect(results[0]).toMatchObject({
      id: "founded",
      status: "answered",
      citations: [
        { articleId: "xiangtan", quote: "医院创立于1900年。", holds: true },
        { articleId: "zhuzhou", quote: "刘毅奋战了53天。", holds: false },
      ],
      hits: [
        { passageId: "xiangtan#0-11", holds: true },
        { passageId: "zhuzhou#0-9", holds: false },
      ],
    });
    expect(results[1]).toMatchObject({ status: "no-evidence", citations: [] });
  });

  it("leads the conversation before a follow-up as a reader would have, with the answers in it", async () => {
    const chatbot = chatbotWith(SCRIPTS);
    const followUp = question({
      question: "它的书记是谁？",
      history: [FOUNDED.question, SECRETARY.question],
    });
    await evaluateScripts(SCRIPTS, [followUp], { chatbot });
    const turns = chatbot.asked.filter(({ question }) => question === followUp.question);
    expect(turns.at(-1)?.history).toEqual([
      { role: "user", content: FOUNDED.question },
      { role: "assistant", content: "医院创立于1900年。[1]\n刘毅奋战了53天。[2]" },
      { role: "user", content: SECRETARY.question },
      { role: "assistant", content: "" },
    ]);
  });

  it("tells how far it is, and stops when told to", async () => {
    const progress: [number, number][] = [];
    const stop = new AbortController();
    const onProgress = (done: number, total: number) => {
      progress.push([done, total]);
      if (done === 2) stop.abort();
    };
    const run = evaluateScripts(SCRIPTS, [FOUNDED, SECRETARY, FEE], { onProgress, signal: stop.signal });
    await expect(run).rejects.toMatchObject({ code: "ABORTED" });
    expect(progress).toEqual([
      [1, 3],
      [2, 3],
    ]);
  });
});
