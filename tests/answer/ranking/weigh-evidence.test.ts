import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EvidenceWeigher } from "../../../src/answer/ranking/weigh-evidence.ts";
import { QuestionEmbedder } from "../../../src/embed/question-embedder.ts";
import { WenjuError } from "../../../src/errors.ts";
import { KeywordRetriever } from "../../../src/retrieve/keyword-retriever.ts";
import { containsSpan } from "../../../src/text/span.ts";
import { type InventedIndex, openInventedIndex } from "../../support/indexes/invented-index.ts";

const GONE = { embedQuery: () => Promise.reject(new WenjuError("EMBEDDING_FAILED", "It died.")) };
const QUESTION = "澄江市博物馆建于哪一年？";

describe("EvidenceWeigher", () => {
  let invented: InventedIndex;
  let weigher: EvidenceWeigher;
  beforeAll(async () => {
    invented = await openInventedIndex();
    weigher = new EvidenceWeigher(invented);
  });
  afterAll(() => invented.close());

  it("takes the sentence that answers for the likeliest", async () => {
    const { sentences } = await weigh(QUESTION);
    const likeliest = sentences.reduce((a, b) => (b.probability > a.probability ? b : a));
    expect(textOf(likeliest)).toContain("建于1958年");
  });

  it("shares out what is certain among the sentences and that none answers", async () => {
    const { sentences, strength } = await weigh(QUESTION);
    const sum = sentences.reduce((total, { probability }) => total + probability, 0);
    for (const { probability } of sentences) expect(probability).toBeGreaterThanOrEqual(0);
    expect(sum).toBeLessThan(1);
    expect(Math.log(sum / (1 - sum))).toBeCloseTo(strength, 6);
  });

  it("looks for what is asked of an organisation in the articles that name it", async () => {
    const { sentences, strength } = await weigh("远舟船舶公司的总设计师是谁？");
    const likeliest = sentences.reduce((a, b) => (b.probability > a.probability ? b : a));
    expect(textOf(likeliest)).toContain("许明薇");
    expect((await weigh("禾田种业公司的总设计师是谁？")).strength).toBeLessThan(strength - 3);
  });

  it("is less sure of what the articles do not tell", async () => {
    const { strength } = await weigh("量子力学是谁提出的？");
    expect(strength).toBeLessThan((await weigh(QUESTION)).strength);
  });

  it("weighs the sentences of the passages that were found, headings aside", async () => {
    const { sentences } = await weigh(QUESTION);
    expect(sentences.length).toBeGreaterThan(3);
    for (const { sentence, passage } of sentences) {
      const { headings = [] } = invented.index.articles.get(passage.articleId)!;
      expect(containsSpan(passage.span, sentence.span)).toBe(true);
      expect(headings.some(({ span }) => containsSpan(sentence.span, span))).toBe(false);
    }
  });

  it("says what of a question the articles do not know", async () => {
    const known = (await weigh("望仙桥有多长？")).question;
    const unknown = (await weigh("故宫博物院的院长是谁？")).question;
    expect(unknown.unknownShare).toBeGreaterThan(known.unknownShare);
    expect(unknown.unknownShare).toBeLessThan(1);
    expect((await weigh("量子纠缠")).question.unknownShare).toBe(1);
  });

  it("still takes the sentence that answers for the likeliest where there is no vector", async () => {
    const vectors = new QuestionEmbedder(GONE).begin({ patienceMs: 1 });
    const hits = await new KeywordRetriever(invented.index).retrieve(QUESTION);
    const { sentences, strength } = await weigher.weigh(QUESTION, hits, { vectors });
    expect(textOf(sentences.reduce((a, b) => (b.probability > a.probability ? b : a)))).toContain(
      "建于1958年",
    );
    expect(Number.isFinite(strength)).toBe(true);
    expect(vectors.missed).toBe(true);
  });

  it("finds nothing in nothing", async () => {
    expect(await weigher.weigh(QUESTION, [])).toMatchObject({
      sentences: [],
      strength: Number.NEGATIVE_INFINITY,
    });
  });

  async function weigh(question: string) {
    const hits = await new KeywordRetriever(invented.index).retrieve(question);
    const found = hits.length > 0 ? hits : await new KeywordRetriever(invented.index).retrieve("博物馆");
    return weigher.weigh(question, found);
  }

  function textOf({ sentence, passage }: Awaited<ReturnType<typeof weigh>>["sentences"][number]): string {
    return invented.index.articles.get(passage.articleId)!.text.slice(sentence.span.start, sentence.span.end);
  }
});
