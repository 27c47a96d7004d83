import { randomUUID } from "node:crypto";
import type { CorpusIndex } from "../indexing/corpus-index.ts";
import { splitComparison } from "../question/split-comparison.ts";
import type { Hit } from "../retrieve/hit.ts";
import { overlap } from "../text/span.ts";
import type { Answer, AnswerEvent, Citation, RelatedPassage } from "./answer.ts";
import type { AnswerComposer, ComposeOptions } from "./answer-composer.ts";
import { beginWithName } from "./begin-with-name.ts";
import { findFocus } from "./find-focus.ts";
import { pickQuotes, type Quote } from "./pick-quotes.ts";
import type { EvidenceWeigher, WeighedEvidence, WeighedSentence } from "./ranking/weigh-evidence.ts";
import type { WeighedQuestion } from "./ranking/weigh-question.ts";

export type ExtractiveComposerParts = {
  readonly articles: CorpusIndex["articles"];
  readonly weigher: EvidenceWeigher;
  /** The log odds below which nothing is said to answer: what `calibrate` found for the corpus. */
  readonly threshold: number;
};

const MOST_CITATIONS = 3;
/** For questions that want several things, or the same of several articles. */
const MOST_ARTICLES = 5;
/** Of each part of a comparison. */
const QUOTES_OF_EACH = 2;
const MOST_RELATED = 3;
const NOTHING_FOUND = "这些文章里没有找到能回答这个问题的内容。";

/** Answers with the sentences that answer, word for word, and says so where none does. */
export class ExtractiveComposer implements AnswerComposer {
  readonly #weigher: EvidenceWeigher;
  readonly #articles: CorpusIndex["articles"];
  readonly #threshold: number;

  constructor({ articles, weigher, threshold }: ExtractiveComposerParts) {
    this.#articles = articles;
    this.#weigher = weigher;
    this.#threshold = threshold;
  }

  async *compose(
    question: string,
    hits: readonly Hit[],
    options: ComposeOptions = {},
  ): AsyncGenerator<AnswerEvent> {
    const parts = await Promise.all(
      splitComparison(question).map((part) => this.#weigher.weigh(part, hits, options)),
    );
    const answering = parts.filter(({ strength }) => strength >= this.#threshold);
    const base = { id: randomUUID(), question, mode: "extractive" as const };
    if (answering.length === 0) {
      const related = this.#relatedPassages(parts[0]!.sentences, hits);
      yield { type: "text-delta", text: NOTHING_FOUND };
      yield {
        type: "answer-end",
        answer: { ...base, status: "no-evidence", text: NOTHING_FOUND, citations: [], related },
      };
      return;
    }
    const citations = this.#citeAll(answering);
    for (const citation of citations) yield { type: "citation-available", citation };
    const lines = citations.map(({ quote, marker }) => `${quote}[${marker}]`);
    for (const [i, line] of lines.entries()) yield { type: "text-delta", text: i === 0 ? line : `\n${line}` };
    const answer: Answer = { ...base, status: "answered", text: lines.join("\n"), citations, related: [] };
    yield { type: "answer-end", answer };
  }

  #citeAll(parts: readonly WeighedEvidence[]): Citation[] {
    const citations: Citation[] = [];
    for (const { question, sentences } of parts) {
      const quotes =
        parts.length > 1
          ? pickQuotes(aboutNames(question, sentences), { most: QUOTES_OF_EACH })
          : pickForQuestion(question, sentences);
      for (const picked of quotes) {
        const quote = beginWithName(question, picked, sentences);
        if (
          citations.some(
            ({ articleId, span }) => articleId === quote.passage.articleId && overlap(span, quote.span),
          )
        )
          continue;
        citations.push(this.#cite(quote, citations.length + 1, question));
      }
    }
    return citations;
  }

  #cite(quote: Quote, marker: number, question: WeighedQuestion): Citation {
    const focus = findFocus(question, quote);
    return { marker, ...this.#excerpt(quote), ...(focus && { focus }) };
  }

  #excerpt({ passage, span, probability }: Quote): RelatedPassage {
    const { id: passageId, articleId, title } = passage;
    const quote = this.#articles.get(articleId)!.text.slice(span.start, span.end);
    return { passageId, articleId, title, span, quote, score: probability };
  }

  #relatedPassages(sentences: readonly WeighedSentence[], hits: readonly Hit[]): RelatedPassage[] {
    return hits.slice(0, MOST_RELATED).flatMap(({ passage }) => {
      const own = sentences.filter((sentence) => sentence.passage === passage);
      return pickQuotes(own, { most: 1 }).map((quote) => this.#excerpt(quote));
    });
  }
}

/** 各, 分别, 哪几家: several articles may each hold a part of the answer. */
const ASKS_SEVERAL = /各(?!种|类|位)|分别|哪几|哪些|都有|比较|相比|区别|不同/u;

function pickForQuestion({ text }: WeighedQuestion, sentences: readonly WeighedSentence[]): Quote[] {
  const quotes = pickQuotes(sentences, { most: MOST_CITATIONS });
  if (!ASKS_SEVERAL.test(text)) return quotes;
  const cited = new Set(quotes.map(({ passage }) => passage.articleId));
  const others = pickQuotes(sentences, { most: MOST_ARTICLES, oncePerArticle: true });
  return [...quotes, ...others.filter(({ passage }) => !cited.has(passage.articleId))].slice(
    0,
    MOST_ARTICLES,
  );
}

/** What one side of a comparison is told by: articles that name it, where any does. */
function aboutNames(
  { names }: WeighedQuestion,
  sentences: readonly WeighedSentence[],
): readonly WeighedSentence[] {
  const about = sentences.filter(({ article }) => names.every((name) => article.includes(name)));
  return about.length > 0 ? about : sentences;
}
