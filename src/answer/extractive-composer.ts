import { randomUUID } from "node:crypto";
import type { EmbeddingModel } from "../embed/embedding-model.ts";
import type { CorpusIndex } from "../indexing/corpus-index.ts";
import type { Hit } from "../retrieve/hit.ts";
import type { Answer, AnswerEvent, Citation, RelatedPassage } from "./answer.ts";
import type { AnswerComposer, ComposeOptions } from "./answer-composer.ts";
import type { WeighedQuestion } from "./coverage.ts";
import { findFocus } from "./find-focus.ts";
import { EvidenceGatherer } from "./gather-evidence.ts";
import { pickQuotes, type Quote } from "./pick-quotes.ts";
import { SentenceRanker } from "./sentence-ranker.ts";
import { type WeighedSentence, weighEvidence } from "./weigh-evidence.ts";

export type ExtractiveComposerParts = {
  readonly index: CorpusIndex;
  readonly model: EmbeddingModel;
  /** The log odds below which nothing is said to answer. Default -1. */
  readonly threshold?: number | undefined;
};

const DEFAULT_THRESHOLD = -1;
const MOST_CITATIONS = 3;
/** For questions that want several things, or the same of several articles. */
const MOST_ARTICLES = 5;
const MOST_RELATED = 3;
const NOTHING_FOUND = "这些文章里没有找到能回答这个问题的内容。";

/** Answers with the sentences that answer, word for word, and says so where none does. */
export class ExtractiveComposer implements AnswerComposer {
  readonly #gatherer: EvidenceGatherer;
  readonly #ranker = new SentenceRanker();
  readonly #model: EmbeddingModel;
  readonly #articles: CorpusIndex["articles"];
  readonly #threshold: number;

  constructor({ index, model, threshold = DEFAULT_THRESHOLD }: ExtractiveComposerParts) {
    this.#gatherer = new EvidenceGatherer(index);
    this.#model = model;
    this.#articles = index.articles;
    this.#threshold = threshold;
  }

  async *compose(
    question: string,
    hits: readonly Hit[],
    { signal }: ComposeOptions = {},
  ): AsyncGenerator<AnswerEvent> {
    const vector = await this.#model.embedQuery(question, { signal });
    const evidence = this.#gatherer.gather(question, vector, hits);
    const { sentences, strength } = weighEvidence(evidence, this.#ranker);
    const base = { id: randomUUID(), question, mode: "extractive" as const };
    if (strength < this.#threshold) {
      yield { type: "text-delta", text: NOTHING_FOUND };
      const related = this.#relatedPassages(sentences, hits);
      yield {
        type: "answer-end",
        answer: { ...base, status: "no-evidence", text: NOTHING_FOUND, citations: [], related },
      };
      return;
    }
    const quotes = pickForQuestion(evidence.question, sentences);
    const citations = quotes.map((quote, i) => this.#cite(quote, i + 1, evidence.question));
    for (const citation of citations) yield { type: "citation-available", citation };
    const lines = citations.map(({ quote, marker }) => `${quote}[${marker}]`);
    const answer: Answer = { ...base, status: "answered", text: lines.join("\n"), citations, related: [] };
    for (const [i, line] of lines.entries()) yield { type: "text-delta", text: i === 0 ? line : `\n${line}` };
    yield { type: "answer-end", answer };
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
