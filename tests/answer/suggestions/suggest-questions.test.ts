import { describe, expect, it } from "vitest";
import type { Answer } from "../../../src/answer/answer.ts";
import { suggestQuestions } from "../../../src/answer/suggestions/suggest-questions.ts";
import type { Article } from "../../../src/corpus/article.ts";
import { article } from "../../support/builders.ts";
import { citationOf, noEvidenceAnswer, quotedAnswer } from "../../support/servers/scripted-chatbot.ts";

/** An article about a station, of which one sentence can be asked for. */
const station = (id: string, name: string): Article =>
  article({ id, text: `${name}工作站很忙。2017年，${name}工作站于株洲挂牌。` });

/** Answers with the second sentence of the article whose name is asked for, this well. */
function answers(articles: readonly Article[], scoreOf: (article: Article) => number = () => 0.9) {
  const asked: string[] = [];
  const ask = async (question: string): Promise<Answer> => {
    asked.push(question);
    const found = articles.find(({ text }) => text.startsWith(question.slice(0, 5)));
    if (!found) return noEvidenceAnswer(question, []);
    const quote = { article: found, quote: found.text.slice(found.text.indexOf("。") + 1) };
    const citation = { ...citationOf(quote, 1), score: scoreOf(found) };
    return { ...quotedAnswer(question, [quote]), citations: [citation] };
  };
  return { ask, asked };
}

const NAMES = ["吴孟超院士", "刘细平专家", "黎柏峰专家", "孙卫萍护士", "张锡平专家", "陈映辉专家"];
const STATIONS = NAMES.map((name, i) => ({
  ...station(`a${i}`, name),
  text: `${name}工作站很忙。201${i}年，${name}工作站于株洲挂牌。`,
}));

describe("suggestQuestions", () => {
  it("offers at most four, the surest first, each of another article", async () => {
    const { ask } = answers(STATIONS, ({ id }) => 0.5 + Number(id.slice(1)) / 20);
    expect(await suggestQuestions(STATIONS, ask)).toEqual(
      ["陈映辉专家", "张锡平专家", "孙卫萍护士", "黎柏峰专家"].map(
        (name) => `${name}工作站什么时候在株洲挂牌？`,
      ),
    );
  });

  it("offers none that is not answered", async () => {
    const { ask, asked } = answers([]);
    expect(await suggestQuestions(STATIONS, ask)).toEqual([]);
    expect(asked.length).toBe(STATIONS.length);
  });

  it("offers none whose first quote is of another article, or lacks the answer", async () => {
    const [first, second] = STATIONS as [Article, Article];
    const wrong = quotedAnswer("", [{ article: second, quote: second.text }]);
    expect(await suggestQuestions([first], async () => wrong)).toEqual([]);
    const beside = quotedAnswer("", [{ article: first, quote: first.text.slice(0, 9) }]);
    expect(await suggestQuestions([first], async () => beside)).toEqual([]);
  });

  it("asks no more than 24 questions, however large the corpus", async () => {
    const text =
      "2011年，甲城医疗中心成立。2012年，乙城医疗中心成立。2013年，丙城医疗中心成立。2014年，丁城医疗中心成立。";
    const many = Array.from({ length: 1_000 }, (_, i) => article({ id: `a${i}`, text }));
    const { ask, asked } = answers([]);
    await suggestQuestions(many, ask);
    expect(asked.length).toBe(24);
  });

  it("offers none of an empty corpus", async () => {
    expect(await suggestQuestions([], answers([]).ask)).toEqual([]);
  });
});
