import { expect, it } from "vitest";
import { ComparisonRetriever } from "../../src/retrieve/comparison-retriever.ts";
import type { RetrieveOptions } from "../../src/retrieve/retriever.ts";
import { type Found, finding } from "../support/indexes/finding-retriever.ts";

const COMPARISON = "澄江博物馆和南岭博物馆各有多少藏品？";
const CHENGJIANG = { "chengjiang#1": 9, "chengjiang#2": 8, "chengjiang#3": 7, "town#1": 3 };
const NANLING = { "nanling#1": 2, "town#1": 1 };

it("gives each side of a comparison its share of the list", async () => {
  const { retriever, asked } = recording({
    澄江博物馆有多少藏品: CHENGJIANG,
    南岭博物馆有多少藏品: NANLING,
  });
  const hits = await retriever.retrieve(COMPARISON, { limit: 4 });
  expect(hits.map(({ passage }) => passage.id)).toEqual([
    "chengjiang#1",
    "chengjiang#2",
    "nanling#1",
    "town#1",
  ]);
  expect(asked).toEqual([
    ["澄江博物馆有多少藏品", 2],
    ["南岭博物馆有多少藏品", 2],
  ]);
});

it("gives no more than the limit where that is odd", async () => {
  const { retriever } = recording({ 澄江博物馆有多少藏品: CHENGJIANG, 南岭博物馆有多少藏品: NANLING });
  const hits = await retriever.retrieve(COMPARISON, { limit: 3 });
  expect(hits.map(({ passage }) => passage.id)).toEqual(["chengjiang#1", "chengjiang#2", "nanling#1"]);
});

it("gives a passage once that both sides find", async () => {
  const { retriever } = recording({ 澄江博物馆有多少藏品: CHENGJIANG, 南岭博物馆有多少藏品: CHENGJIANG });
  const hits = await retriever.retrieve(COMPARISON, { limit: 3 });
  expect(hits.map(({ passage }) => passage.id)).toEqual(["chengjiang#1", "chengjiang#2"]);
});

it("hands any other question on, with its limit and its signal", async () => {
  const { signal } = new AbortController();
  const seen: RetrieveOptions[] = [];
  const retriever = new ComparisonRetriever(
    finding((_, options) => {
      seen.push(options);
      return CHENGJIANG;
    }),
  );
  expect(await retriever.retrieve("馆里有多少藏品？", { limit: 2, signal })).toHaveLength(2);
  await retriever.retrieve(COMPARISON, { signal });
  expect(seen.map(({ limit }) => limit)).toEqual([2, 5, 5]);
  for (const options of seen) expect(options.signal).toBe(signal);
});

function recording(answers: Readonly<Record<string, Found>>) {
  const asked: [string, number | undefined][] = [];
  const inner = finding((question, { limit }) => {
    const plain = question.replace("？", "");
    asked.push([plain, limit]);
    return answers[plain] ?? {};
  });
  return { retriever: new ComparisonRetriever(inner), asked };
}
