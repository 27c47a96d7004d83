import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseQuestionSet, readQuestionSet } from "../../src/evaluation/question-set.ts";
import { folderWith } from "../support/servers/served-chatbot.ts";

const FACT = '{"id":"a","kind":"fact","q":"创立于哪一年？","article":"xiangtan","answer":["1900年"]}';

describe("a question set", () => {
  it("has one question a line, with what answers it", () => {
    const lines = [
      FACT,
      "",
      '{"id":"b","kind":"multi","q":"各治愈了多少患者？","articles":["zhuzhou","xiangtan"],"answer":["74例","36例"]}\r',
      '{"id":"c","kind":"none","q":"挂号费是多少？"}',
      '{"id":"d","kind":"followup","history":["创立于哪一年？"],"q":"它的书记是谁？","article":"xiangtan","answer":["夏红"],"note":"代词"}',
    ];
    expect(parseQuestionSet(lines.join("\n"), "题.jsonl")).toEqual([
      {
        id: "a",
        kind: "fact",
        question: "创立于哪一年？",
        history: [],
        articles: ["xiangtan"],
        answers: ["1900年"],
      },
      {
        id: "b",
        kind: "multi",
        question: "各治愈了多少患者？",
        history: [],
        articles: ["zhuzhou", "xiangtan"],
        answers: ["74例", "36例"],
      },
      { id: "c", kind: "none", question: "挂号费是多少？", history: [], articles: [], answers: [] },
      {
        id: "d",
        kind: "followup",
        question: "它的书记是谁？",
        history: ["创立于哪一年？"],
        articles: ["xiangtan"],
        answers: ["夏红"],
      },
    ]);
  });

  it("keeps a byte order mark out of the first question", async () => {
    const folder = await folderWith({ "题.jsonl": `\ufeff${FACT}\n` });
    expect(await readQuestionSet(join(folder, "题.jsonl"))).toHaveLength(1);
  });

  it.each([
    ["创立于哪一年？", "line 2: is no JSON object"],
    ["[]", "line 2: is no JSON object"],
    ['{"id":"b","kind":"fact","article":"x","answer":["1"]}', 'line 2: "q" must be a question'],
    [
      `{"id":"b","kind":"none","q":"${"问".repeat(501)}"}`,
      'line 2: "q" must be a question of 1 to 500 characters',
    ],
    ['{"id":"b","kind":"fact","q":"谁？","answer":["夏红"]}', 'line 2: "article" or "articles" must name'],
    ['{"id":"b","kind":"fact","q":"谁？","article":"x"}', 'line 2: "answer" must be a list'],
    ['{"id":"b","kind":"fact","q":"谁？","article":"x","answer":"夏红"}', 'line 2: "answer" must be a list'],
    ['{"id":"b","kind":"fact","q":"谁？","article":"x","answer":[" "]}', 'line 2: "answer" must be a list'],
    ['{"id":"b","kind":"none","q":"谁？","history":"谁？"}', 'line 2: "history" must be a list'],
    ['{"id":7,"q":"谁？"}', 'line 2: "id" must be a text that no other line has, "kind" must be a word'],
    ['{"id":"a","kind":"none","q":"谁？"}', 'line 2: id "a" stands in line 1 already'],
  ])("is refused with the line for %s", (line, message) => {
    expect(() => parseQuestionSet(`${FACT}\n${line}\n`, "题.jsonl")).toThrow(`题.jsonl, ${message}`);
    expect(() => parseQuestionSet(`${FACT}\n${line}\n`, "题.jsonl")).toThrow(
      expect.objectContaining({ code: "QUESTION_SET_INVALID" }),
    );
  });

  it("is refused with its first mistakes and the number of the others", () => {
    expect(() => parseQuestionSet("x\n".repeat(8), "题.jsonl")).toThrow(/line 1.*line 5.*and 3 more lines/);
  });

  it("is refused where it holds nothing, or is not there", async () => {
    expect(() => parseQuestionSet("\n", "题.jsonl")).toThrow("holds no questions");
    await expect(readQuestionSet("/nonexistent/题.jsonl")).rejects.toMatchObject({
      code: "QUESTION_SET_INVALID",
      message: expect.stringContaining("/nonexistent/题.jsonl"),
    });
  });
});
