import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pickQuotes, type Quote } from "../../src/answer/pick-quotes.ts";
import { LONGEST_QUOTE } from "../../src/chunk/quotable-sentences.ts";
import { overlap } from "../../src/text/span.ts";
import { weighedSentences } from "../support/indexes/weighed-sentences.ts";

const RIVER = "白鹭河发源于云顶山。它全长412公里。河水注入东澜湖。";

describe("pickQuotes", () => {
  it("quotes the likeliest sentence", () => {
    const quotes = pickQuotes(weighedSentences([{ text: RIVER, probabilities: [0.002, 0.9, 0.002] }]), {
      most: 1,
    });
    expect(texts(quotes)).toEqual(["它全长412公里。"]);
    expect(quotes[0]?.probability).toBeCloseTo(0.9);
  });

  it("quotes neighbours together that are likely together", () => {
    const quotes = pickQuotes(weighedSentences([{ text: RIVER, probabilities: [0.4, 0.4, 0.001] }]), {
      most: 2,
    });
    expect(texts(quotes)).toEqual(["白鹭河发源于云顶山。它全长412公里。"]);
  });

  it("does not join paragraphs, nor articles", () => {
    const lines = weighedSentences([{ text: "白鹭河很长。\n它很清。", probabilities: [0.5, 0.4] }]);
    expect(texts(pickQuotes(lines, { most: 2 }))).toEqual(["白鹭河很长。", "它很清。"]);
    const articles = weighedSentences([
      { id: "river", text: "白鹭河很长。", probabilities: [0.5] },
      { id: "museum", text: "馆里有铜灯。", probabilities: [0.4] },
    ]);
    expect(texts(pickQuotes(articles, { most: 2 }))).toEqual(["白鹭河很长。", "馆里有铜灯。"]);
  });

  it("quotes nothing further that is hardly likely", () => {
    const sentences = weighedSentences([
      { id: "river", text: "白鹭河全长412公里。", probabilities: [0.9] },
      { id: "museum", text: "馆里有铜灯。", probabilities: [0.01] },
    ]);
    expect(texts(pickQuotes(sentences, { most: 3 }))).toEqual(["白鹭河全长412公里。"]);
  });

  it("quotes each article once where that is wanted", () => {
    const sentences = weighedSentences([
      { id: "river", text: "白鹭河很长。\n它很清。", probabilities: [0.4, 0.3] },
      { id: "museum", text: "馆里有铜灯。", probabilities: [0.2] },
    ]);
    const quotes = pickQuotes(sentences, { most: 3, oncePerArticle: true });
    expect(quotes.map(({ passage }) => passage.articleId)).toEqual(["river", "museum"]);
  });

  it("quotes nothing of nothing", () => {
    expect(pickQuotes([], { most: 3 })).toEqual([]);
    expect(
      pickQuotes(weighedSentences([{ text: RIVER, probabilities: [0.1, 0.8, 0.1] }]), { most: 0 }),
    ).toEqual([]);
  });

  it("stays short, within a paragraph and apart, and is made of its sentences, whatever is likely", () => {
    const sentence = fc.integer({ min: 1, max: 90 }).map((length) => `${"河".repeat(length)}。`);
    const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((each) => each.join(""));
    const text = fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n"));
    const likely = fc.double({ min: 0.000001, max: 1, noNaN: true });
    const articles = fc.array(fc.tuple(text, fc.array(likely, { minLength: 12, maxLength: 12 })), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(articles, fc.integer({ min: 1, max: 5 }), fc.boolean(), (all, most, oncePerArticle) => {
        const sentences = weighedSentences(
          all.map(([text, probabilities], i) => ({ id: `article-${i}`, text, probabilities })),
        );
        const quotes = pickQuotes(sentences, { most, oncePerArticle });
        expect(quotes.length).toBeGreaterThan(0);
        expect(quotes.length).toBeLessThanOrEqual(most);
        quotes.forEach((quote, i) => {
          expect(textOf(quote)).not.toContain("\n");
          expect(textOf(quote).length).toBeLessThanOrEqual(LONGEST_QUOTE);
          expect(quote.sentences.map((each) => textOf({ ...quote, span: each.sentence.span })).join("")).toBe(
            textOf(quote),
          );
          for (const other of quotes.slice(0, i)) {
            expect(quote.probability).toBeLessThanOrEqual(other.probability);
            const sameArticle = other.passage.articleId === quote.passage.articleId;
            expect(sameArticle && (oncePerArticle || overlap(other.span, quote.span))).toBe(false);
          }
        });
      }),
    );
  });
});

function texts(quotes: readonly Quote[]): string[] {
  return quotes.map(textOf);
}

function textOf({ passage, span }: Pick<Quote, "passage" | "span">): string {
  return passage.text.slice(span.start, span.end);
}
