import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, AnswerEvent, RelatedPassage } from "../../src/answer/answer.ts";
import { ExtractiveComposer } from "../../src/answer/extractive-composer.ts";
import { EvidenceWeigher } from "../../src/answer/ranking/weigh-evidence.ts";
import { collectAnswer } from "../../src/chatbot.ts";
import { LONGEST_QUOTE } from "../../src/chunk/quotable-sentences.ts";
import { ComparisonRetriever } from "../../src/retrieve/comparison-retriever.ts";
import { HybridRetriever } from "../../src/retrieve/hybrid-retriever.ts";
import { KeywordRetriever } from "../../src/retrieve/keyword-retriever.ts";
import type { Retriever } from "../../src/retrieve/retriever.ts";
import { VectorRetriever } from "../../src/retrieve/vector-retriever.ts";
import { containsSpan, overlap } from "../../src/text/span.ts";
import { type InventedIndex, openInventedIndex } from "../support/indexes/invented-index.ts";

/** Below all log odds there are, unless there is nothing at all. */
const ALWAYS = -1e9;
const NEVER = Number.POSITIVE_INFINITY;

/** Of many kinds, some in the words of a heading, some that nothing answers. */
const QUESTIONS = [
  "澄江市博物馆建于哪一年？",
  "澄江市博物館新館的建築面積有多少平方米？",
  "禾田种业公司是谁创办的？",
  "望仙桥有多长？",
  "白鹭归来讲的是什么？",
  "镇馆之宝是什么？",
  "一粒种子的分量",
  "哪些公司公布了2019年的营业收入？",
  "白鹭河和青石河分别流入哪里？",
  "为什么要先治岸？",
  "云帆号一次充电可以航行多少公里，造价多少钱？",
  "How long is the Bailu River?",
  "量子力学是谁提出的？",
];

let invented: InventedIndex;
let weigher: EvidenceWeigher;
let retriever: Retriever;

beforeAll(async () => {
  invented = await openInventedIndex();
  const { index, model } = invented;
  weigher = new EvidenceWeigher({ index, model });
  retriever = new ComparisonRetriever(
    new HybridRetriever([
      { retriever: new KeywordRetriever(index), weight: 0.75, floor: "zero" },
      { retriever: new VectorRetriever({ ...index, model }), weight: 0.25, floor: "last" },
    ]),
  );
});
afterAll(() => invented.close());

describe("ExtractiveComposer", () => {
  it.each([
    ["澄江市博物馆建于哪一年？", "chengjiang-museum", "澄江市博物馆建于1958年，是全省最早的县级博物馆之一。"],
    ["禾田种业公司是谁创办的？", "hetian-seed", "何秋兰"],
    ["青鸾铜灯是在哪里出土的？", "chengjiang-museum", "柳荫墩遗址"],
    ["白鹭河治理工程的总投资是多少钱？", "bailu-river", "18亿元"],
    ["澄江市博物館建於哪一年？", "chengjiang-museum", "1958年"],
  ])("answers %s with a quote from %s", async (question, articleId, answer) => {
    const { status, citations } = await ask(question);
    expect(status).toBe("answered");
    expect(citations[0]?.articleId).toBe(articleId);
    expect(citations[0]?.quote).toContain(answer);
  });

  it("points at the short answer inside the quote", async () => {
    expect(await focusOf("澄江市博物馆建于哪一年？")).toBe("1958年");
    expect(await focusOf("白鹭河治理工程的总投资是多少钱？")).toBe("18亿元");
  });

  it("does not take the year for the length of a bridge", async () => {
    expect(await focusOf("望仙桥有多长？")).not.toContain("年");
  });

  it("quotes both sides of a comparison", async () => {
    const { citations } = await ask("澄江市博物馆和南岭自然博物馆的馆长分别是谁？");
    expect(quotesFrom("chengjiang-museum", citations)).toContain("林若溪");
    expect(quotesFrom("nanling-nature-museum", citations)).toContain("方启明");
  });

  it("quotes several articles where a question asks for all there are", async () => {
    const { citations } = await ask("哪些公司公布了2019年的营业收入？");
    expect(quotesFrom("hetian-seed", citations)).toContain("3.8亿元");
    expect(quotesFrom("yuanzhou-ship", citations)).toContain("12.6亿元");
  });

  it("says that nothing was found below the threshold, and shows what is near", async () => {
    const question = "量子力学是谁提出的？";
    const hits = await retriever.retrieve(question);
    const { strength } = await weigher.weigh(question, hits);
    const refusal = await ask(question, strength + 0.01);
    expect(refusal).toMatchObject({ status: "no-evidence", citations: [], mode: "extractive", question });
    expect(refusal.text).toContain("没有找到");
    expect(refusal.related.map(({ passageId }) => passageId)).toEqual(
      hits.slice(0, 3).map(({ passage }) => passage.id),
    );
    expect(await ask(question, strength - 0.01)).toMatchObject({ status: "answered", related: [] });
  });

  it("shows nothing where nothing is near", async () => {
    const answer = await collectAnswer(composer(ALWAYS).compose("量子力学是谁提出的？", []));
    expect(answer).toMatchObject({ status: "no-evidence", citations: [], related: [] });
  });

  it("gives citations first, then the text in pieces, then the whole answer", async () => {
    const question = "哪些公司公布了2019年的营业收入？";
    const events: AnswerEvent[] = [];
    for await (const event of composer(ALWAYS).compose(question, await retriever.retrieve(question)))
      events.push(event);
    const types = events.map(({ type }) => type);
    expect(types).toEqual([...types].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
    const { answer } = events.at(-1) as Extract<AnswerEvent, { type: "answer-end" }>;
    expect(events.flatMap((event) => (event.type === "citation-available" ? [event.citation] : []))).toEqual(
      answer.citations,
    );
    expect(events.map((event) => (event.type === "text-delta" ? event.text : "")).join("")).toBe(answer.text);
    expect(answer.text).toBe(answer.citations.map(({ quote, marker }) => `${quote}[${marker}]`).join("\n"));
  });

  it("names each answer anew", async () => {
    const [one, other] = [await ask("望仙桥有多长？"), await ask("望仙桥有多长？")];
    expect(one.id).not.toBe(other.id);
    expect(one.citations).toEqual(other.citations);
  });

  it("rejects when its signal fires", async () => {
    const events = composer(ALWAYS).compose("望仙桥有多长？", [], { signal: AbortSignal.abort() });
    await expect(collectAnswer(events)).rejects.toMatchObject({ code: "ABORTED" });
  });
});

describe.each(QUESTIONS)("what is quoted for %s", (question) => {
  it("stands word for word at its place in its article, within its passage, and is no heading", async () => {
    const { citations } = await ask(question);
    const { related } = await ask(question, NEVER);
    expect(citations.length).toBeGreaterThan(0);
    expect(related.length).toBeGreaterThan(0);
    for (const excerpt of [...citations, ...related]) expectExcerpt(excerpt);
  });

  it("is marked in order and not quoted twice, with the focus inside", async () => {
    const { citations } = await ask(question);
    expect(citations.length).toBeLessThanOrEqual(5);
    citations.forEach(({ marker, span, focus, articleId }, i) => {
      expect(marker).toBe(i + 1);
      if (focus) expect(containsSpan(span, focus) && focus.start < focus.end).toBe(true);
      const before = citations.slice(0, i).filter((other) => other.articleId === articleId);
      expect(before.some((other) => overlap(other.span, span))).toBe(false);
    });
  });
});

const ORDER: readonly AnswerEvent["type"][] = ["citation-available", "text-delta", "answer-end"];

function composer(threshold: number): ExtractiveComposer {
  return new ExtractiveComposer({ articles: invented.index.articles, weigher, threshold });
}

async function ask(question: string, threshold = ALWAYS): Promise<Answer> {
  return collectAnswer(composer(threshold).compose(question, await retriever.retrieve(question)));
}

async function focusOf(question: string): Promise<string | undefined> {
  const { articleId, focus } = (await ask(question)).citations[0]!;
  return focus && invented.index.articles.get(articleId)?.text.slice(focus.start, focus.end);
}

function quotesFrom(id: string, excerpts: readonly RelatedPassage[]): string {
  const own = excerpts.filter(({ articleId }) => articleId === id);
  return own.map(({ quote }) => quote).join("");
}

function expectExcerpt({ articleId, passageId, title, span, quote, score }: RelatedPassage): void {
  const { articles, passages } = invented.index;
  const { text, title: articleTitle, headings = [] } = articles.get(articleId)!;
  expect(text.slice(span.start, span.end)).toBe(quote);
  expect(quote.length).toBeLessThanOrEqual(LONGEST_QUOTE);
  expect(quote).not.toContain("\n");
  expect(title).toBe(articleTitle);
  expect(containsSpan(passages.find(({ id }) => id === passageId)!.span, span)).toBe(true);
  expect(headings.some((heading) => overlap(heading.span, span))).toBe(false);
  expect(score).toBeGreaterThanOrEqual(0);
  expect(score).toBeLessThanOrEqual(1);
}
