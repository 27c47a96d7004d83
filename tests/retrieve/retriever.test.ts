import { afterAll, beforeAll } from "vitest";
import { ArticleRetriever } from "../../src/retrieve/article-retriever.ts";
import { ComparisonRetriever } from "../../src/retrieve/comparison-retriever.ts";
import { HybridRetriever } from "../../src/retrieve/hybrid-retriever.ts";
import { KeywordRetriever } from "../../src/retrieve/keyword-retriever.ts";
import type { Retriever } from "../../src/retrieve/retriever.ts";
import { VectorRetriever } from "../../src/retrieve/vector-retriever.ts";
import { testRetriever } from "../support/contracts/retriever-contract.ts";
import { type InventedIndex, openInventedIndex } from "../support/indexes/invented-index.ts";

let invented: InventedIndex;
beforeAll(async () => {
  invented = await openInventedIndex();
});
afterAll(() => invented.close());

const keyword = (): Retriever => new KeywordRetriever(invented.index);
const vector = (): Retriever => new VectorRetriever({ ...invented.index, model: invented.model });
const article = (): Retriever => new ArticleRetriever(invented.index);
const hybrid = (): Retriever =>
  new HybridRetriever([
    { retriever: keyword(), weight: 0.75, floor: "zero" },
    { retriever: vector(), weight: 0.25, floor: "last" },
    { retriever: article(), weight: 0.5, floor: "zero" },
  ]);

const over = (make: () => Retriever) => () => ({ retriever: make(), passages: invented.index.passages });

testRetriever("KeywordRetriever", over(keyword), { asksModel: false });
testRetriever("VectorRetriever", over(vector), { asksModel: true });
testRetriever("ArticleRetriever", over(article), { asksModel: false });
testRetriever("HybridRetriever", over(hybrid), { asksModel: true });
testRetriever(
  "ComparisonRetriever",
  over(() => new ComparisonRetriever(hybrid())),
  { asksModel: true },
);
