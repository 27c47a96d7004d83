import { RunnableLambda } from "@langchain/core/runnables";
import { expect, it } from "vitest";
import { WenjuRetriever } from "../../src/langchain/wenju-retriever.ts";
import type { Retriever } from "../../src/retrieve/retriever.ts";
import { passage } from "../support/builders.ts";

const BEIJING = "北京是中国的首都。";

const asked: { question: string; limit: number | undefined }[] = [];
const retriever: Retriever = {
  retrieve: async (question, { limit } = {}) => {
    asked.push({ question, limit });
    const found = passage({ articleId: "beijing", title: "北京", headings: ["地理"], text: BEIJING });
    return [{ passage: found, score: 0.7, ranks: { keyword: 1, vector: 2 } }];
  },
};

it("gives LangChain documents that keep their place in the article", async () => {
  const documents = await new WenjuRetriever({ retriever, limit: 3 }).invoke("中国的首都是哪里？");
  expect(asked.at(-1)).toEqual({ question: "中国的首都是哪里？", limit: 3 });
  expect(documents).toHaveLength(1);
  expect(documents[0]).toMatchObject({
    id: "beijing#0-9",
    pageContent: BEIJING,
    metadata: {
      passageId: "beijing#0-9",
      articleId: "beijing",
      title: "北京",
      headings: ["地理"],
      span: { start: 0, end: 9 },
      score: 0.7,
      ranks: { keyword: 1, vector: 2 },
    },
  });
});

it("is a link of a chain", async () => {
  const chain = new WenjuRetriever({ retriever }).pipe(
    RunnableLambda.from((documents: { pageContent: string }[]) =>
      documents.map(({ pageContent }) => pageContent),
    ),
  );
  expect(await chain.invoke("首都")).toEqual([BEIJING]);
});
