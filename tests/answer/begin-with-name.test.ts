import { describe, expect, it } from "vitest";
import { beginWithName } from "../../src/answer/begin-with-name.ts";
import { pickQuotes } from "../../src/answer/pick-quotes.ts";
import { analyseQuestion } from "../../src/question/analyse-question.ts";
import { weighedSentences } from "../support/indexes/weighed-sentences.ts";

const STORY = "医生陈国强在海岛工作。他每周出海一次。有一回，船在风浪里翻了，他游了两个小时。";

/** The quote of the last sentence of a text, as the answer gives it. */
function quoteOf(question: string, text: string, sentenceCount: number): string {
  const probabilities = Array.from({ length: sentenceCount }, (_, i) => (i === sentenceCount - 1 ? 0.9 : 0));
  const sentences = weighedSentences([{ text, probabilities }]);
  const [picked] = pickQuotes(sentences, { most: 1 });
  const { span } = beginWithName(analyseQuestion(question) as never, picked!, sentences);
  return text.slice(span.start, span.end);
}

describe("a quote for whoever asks who it was", () => {
  it("begins where the article names whom it goes on to call 他", () => {
    expect(quoteOf("哪位医生翻了船还游了两个小时？", STORY, 3)).toBe(STORY);
  });

  it("stays as it is where something else is asked, or he is named in it", () => {
    expect(quoteOf("他游了多久？", STORY, 3)).toBe("有一回，船在风浪里翻了，他游了两个小时。");
    const named = "海岛上有两名医生。陈国强翻了船，他游了两个小时。";
    expect(quoteOf("哪位医生翻了船？", named, 2)).toBe("陈国强翻了船，他游了两个小时。");
  });

  it("does not take the name that the question holds for an answer", () => {
    const text = "李小兰在海边等。有一回，他游了两个小时。";
    expect(quoteOf("李小兰等的是谁？", text, 2)).toBe("有一回，他游了两个小时。");
  });

  it("stays in its paragraph, and no longer than a quote may be", () => {
    const last = "有一回，船在风浪里翻了，他游了两个小时。";
    expect(quoteOf("哪位医生翻了船？", `医生陈国强在海岛工作。\n${last}`, 2)).toBe(last);
    const long = `医生陈国强在海岛工作，${"风里来，浪里去，".repeat(20)}风浪再大也从不叫苦。`;
    expect(quoteOf("哪位医生翻了船？", `${long}${last}`, 2)).toBe(last);
  });
});
