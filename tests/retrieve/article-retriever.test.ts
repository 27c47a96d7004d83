import { expect, it } from "vitest";
import { KeywordIndex } from "../../src/indexing/keyword-index.ts";
import { passageTerms } from "../../src/indexing/passage-terms.ts";
import { ArticleRetriever } from "../../src/retrieve/article-retriever.ts";
import { KeywordRetriever } from "../../src/retrieve/keyword-retriever.ts";
import { passage } from "../support/builders.ts";

const PASSAGES = [
  passage({ id: "river#1", articleId: "river", text: "白鹭河流经澄江，注入东澜湖。" }),
  passage({ id: "museum#1", articleId: "museum", text: "澄江博物馆有一盏铜灯。" }),
  passage({ id: "museum#2", articleId: "museum", text: "它由沈仲安修复，用了三年。" }),
  passage({ id: "ship#1", articleId: "ship", text: "云帆号一次充电可以航行很远。" }),
];
const parts = { passages: PASSAGES, keywords: KeywordIndex.build(PASSAGES.map(passageTerms)) };

it("finds the passage that answers where another one of its article holds the words", async () => {
  const question = "铜灯是谁修复的？";
  const found = await new ArticleRetriever(parts).retrieve(question);
  expect(found.map(({ passage }) => passage.id)).toEqual(["museum#1", "museum#2"]);
  expect(found.map(({ ranks }) => ranks)).toEqual([{ article: 1 }, { article: 1 }]);
  expect(new Set(found.map(({ score }) => score)).size).toBe(1);
});

it("puts the article first that holds all the words, wherever they stand in it", async () => {
  const [first, , third] = await new ArticleRetriever(parts).retrieve("澄江的沈仲安修复了什么？");
  expect(first).toMatchObject({ passage: { articleId: "museum" }, ranks: { article: 1 } });
  expect(third).toMatchObject({ passage: { articleId: "river" }, ranks: { article: 2 } });
});

it("leaves the passages of a long article out that go beyond the limit", async () => {
  expect(await new ArticleRetriever(parts).retrieve("铜灯", { limit: 1 })).toHaveLength(1);
});

it("finds what KeywordRetriever does not: a passage without any word of the question", async () => {
  const question = "澄江的铜灯";
  const passages = async (retriever: ArticleRetriever | KeywordRetriever) =>
    (await retriever.retrieve(question)).map(({ passage }) => passage.id);
  expect(await passages(new KeywordRetriever(parts))).not.toContain("museum#2");
  expect(await passages(new ArticleRetriever(parts))).toContain("museum#2");
});
