import type { Answer, AnswerEvent, Citation, RelatedPassage } from "../../src/answer/answer.ts";

export type ArticleSummary = {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly publishedAt?: string | undefined;
  /** Characters. */
  readonly length: number;
};

export type ArticleList = {
  readonly articles: readonly ArticleSummary[];
  /** Questions the corpus can answer. */
  readonly suggestions: readonly string[];
};

export type ReadableArticle = ArticleSummary & {
  readonly text: string;
  readonly url?: string | undefined;
  /** Lines of `text` that are titles (level 0) and headings (1 … 6). */
  readonly headings: readonly { readonly span: Span; readonly level: number }[];
  /** Lines of `text` that are neither prose nor heading. */
  readonly captions: readonly Span[];
};

type Fields = { readonly [name: string]: unknown };
type Span = Citation["span"];

export function parseArticleList(value: unknown): ArticleList {
  const body = fields(value);
  return {
    articles: list(body["articles"]).map(parseSummary),
    suggestions: Array.isArray(body["suggestions"]) ? body["suggestions"].map(text) : [],
  };
}

export function parseArticle(value: unknown): ReadableArticle {
  const body = fields(value);
  const full = text(body["text"]);
  return {
    ...parseSummary({ length: full.length, ...body }),
    text: full,
    url: webAddress(body["url"]),
    headings: list(body["headings"] ?? []).map(parseHeading),
    captions: list(body["captions"] ?? []).map(parseSpan),
  };
}

function parseHeading(value: unknown): ReadableArticle["headings"][number] {
  const { span, level } = fields(value);
  return { span: parseSpan(span), level: number(level) };
}

function parseSummary(value: unknown): ArticleSummary {
  const { id, title, source, publishedAt, length } = fields(value);
  return {
    id: text(id),
    title: text(title),
    source: typeof source === "string" ? source : "",
    publishedAt: typeof publishedAt === "string" ? publishedAt : undefined,
    length: typeof length === "number" ? length : 0,
  };
}

/** Returns undefined for an event of a type this page does not know. */
export function parseAnswerEvent(type: string, value: unknown): AnswerEvent | undefined {
  const body = fields(value);
  if (type === "citation-available") return { type, citation: parseCitation(body["citation"]) };
  if (type === "text-delta") return { type, text: text(body["text"]) };
  if (type === "answer-end") return { type, answer: parseAnswer(body["answer"]) };
  return undefined;
}

export function parseAnswer(value: unknown): Answer {
  const body = fields(value);
  return {
    id: text(body["id"]),
    question: text(body["question"]),
    status: body["status"] === "no-evidence" ? "no-evidence" : "answered",
    text: text(body["text"]),
    citations: list(body["citations"]).map(parseCitation),
    related: list(body["related"]).map(parseRelated),
    mode: body["mode"] === "generative" ? "generative" : "extractive",
    ...(body["searchedBy"] === "words" ? { searchedBy: "words" } : {}),
  };
}

export function parseCitation(value: unknown): Citation {
  const { marker, focus } = fields(value);
  return { ...parseRelated(value), marker: number(marker), ...(focus ? { focus: parseSpan(focus) } : {}) };
}

function parseRelated(value: unknown): RelatedPassage {
  const { passageId, articleId, title, span, quote, score } = fields(value);
  return {
    passageId: text(passageId),
    articleId: text(articleId),
    title: text(title),
    span: parseSpan(span),
    quote: text(quote),
    score: number(score),
  };
}

function parseSpan(value: unknown): Span {
  const { start, end } = fields(value);
  return { start: number(start), end: number(end) };
}

/** Only http(s): an article's address comes from its file, and a link must not become a script. */
function webAddress(value: unknown): string | undefined {
  return typeof value === "string" && /^https?:\/\//i.test(value) ? value : undefined;
}

function fields(value: unknown): Fields {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`Expected an object, got ${typeof value}.`);
  return value as Fields;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`Expected a list, got ${typeof value}.`);
  return value;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`Expected text, got ${typeof value}.`);
  return value;
}

function number(value: unknown): number {
  if (typeof value !== "number") throw new TypeError(`Expected a number, got ${typeof value}.`);
  return value;
}
