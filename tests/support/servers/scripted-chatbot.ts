import { fileURLToPath } from "node:url";
import type { Answer, AnswerEvent, Citation, RelatedPassage } from "../../../src/answer/answer.ts";
import type { ComposeOptions } from "../../../src/answer/answer-composer.ts";
import { Chatbot } from "../../../src/chatbot.ts";
import type { Article } from "../../../src/corpus/article.ts";
import { type RunningServer, type StartOptions, startServer } from "../../../src/server/start-server.ts";

/** The pages as `npm run build` leaves them. */
export const WEB_FOLDER = fileURLToPath(new URL("../../../dist/web", import.meta.url));

export type Script = (question: string, options: ComposeOptions) => AsyncIterable<AnswerEvent>;

/** The real server over these articles, with answers from a script: for states that a real answer reaches too rarely. */
export function serveScripted(
  articles: readonly Article[],
  script: Script,
  options: Partial<StartOptions> = {},
): Promise<RunningServer> {
  const chatbot = new Chatbot({
    articles: new Map(articles.map((article) => [article.id, article])),
    retriever: { retrieve: async () => [] },
    composer: { compose: (question, _hits, options = {}) => script(question, options) },
    resolveFollowUp: (question) => question,
  });
  return startServer({ chatbot, webFolder: WEB_FOLDER, host: "127.0.0.1", port: 0, graceMs: 50, ...options });
}

export type QuoteOf = { readonly article: Article; readonly quote: string; readonly focus?: string };

/** An extractive answer from these quotes, at their places. */
export function quotedAnswer(question: string, quotes: readonly QuoteOf[]): Answer {
  const citations = quotes.map((quote, index) => citationOf(quote, index + 1));
  const text = citations.map(({ quote, marker }) => `${quote}[${marker}]`).join("\n");
  return { id: "answer-1", question, status: "answered", text, citations, related: [], mode: "extractive" };
}

/** The answer that nothing was found, with the nearest passages. */
export function noEvidenceAnswer(question: string, quotes: readonly QuoteOf[]): Answer {
  const related = quotes.map((quote): RelatedPassage => {
    const { marker, focus, ...passage } = citationOf(quote, 1);
    return passage;
  });
  const text = "这些文章里没有找到能回答这个问题的内容。";
  return {
    id: "answer-2",
    question,
    status: "no-evidence",
    text,
    citations: [],
    related,
    mode: "extractive",
  };
}

export function citationOf({ article, quote, focus }: QuoteOf, marker: number): Citation {
  const start = article.text.indexOf(quote);
  if (start < 0) throw new Error(`“${quote}” does not stand in ${article.id}.`);
  const span = { start, end: start + quote.length };
  const at = focus === undefined ? -1 : start + quote.indexOf(focus);
  return {
    marker,
    passageId: `${article.id}#${span.start}-${span.end}`,
    articleId: article.id,
    title: article.title,
    span,
    quote,
    score: 0.9,
    ...(focus === undefined ? {} : { focus: { start: at, end: at + focus.length } }),
  };
}

/** An answer's events: citations, then the text in pieces of `piece` characters, `pause` before each. */
export async function* eventsOf(
  answer: Answer,
  {
    piece = answer.text.length,
    pause = async () => {},
  }: { piece?: number; pause?: () => Promise<void> } = {},
): AsyncGenerator<AnswerEvent> {
  for (const citation of answer.citations) yield { type: "citation-available", citation };
  for (let at = 0; at < answer.text.length; at += piece) {
    await pause();
    yield { type: "text-delta", text: answer.text.slice(at, at + piece) };
  }
  yield { type: "answer-end", answer };
}
