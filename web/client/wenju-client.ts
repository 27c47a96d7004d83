import type { AnswerEvent } from "../../src/answer/answer.ts";
import { ClientError, connectionError, messageOf, responseError } from "./client-error.ts";
import {
  type ArticleList,
  parseAnswerEvent,
  parseArticle,
  parseArticleList,
  type ReadableArticle,
} from "./parse.ts";
import { readEventStream } from "./sse.ts";

export type ChatTurn = { readonly role: "user" | "assistant"; readonly content: string };

export type Feedback = {
  readonly answerId: string;
  readonly question: string;
  readonly rating: "up" | "down";
  readonly remark?: string;
};

export type ClientOptions = {
  /** The server's origin; the page's own by default. */
  readonly endpoint?: string;
  /** The site's public key, where the server asks for one. */
  readonly apiKey?: string | undefined;
  /** How long a stream may say nothing before it counts as broken, in milliseconds (45,000; the server breathes every 15,000). */
  readonly silence?: number;
};

/** The HTTP of a Wenju server, as the faces need it. Every failure is a ClientError, an abort excepted. */
export class WenjuClient {
  readonly endpoint: string;
  /** In which language the server should say why it refuses something; the browser's by default. */
  language: string | undefined;
  readonly #apiKey: string | undefined;
  readonly #silence: number;

  constructor({ endpoint = "", apiKey, silence = 45_000 }: ClientOptions = {}) {
    this.endpoint = endpoint.replace(/\/+$/, "");
    this.#apiKey = apiKey;
    this.#silence = silence;
  }

  /** Streams the events of one answer; the last is always `answer-end`. */
  async *ask(
    question: string,
    history: readonly ChatTurn[],
    signal: AbortSignal,
  ): AsyncGenerator<AnswerEvent> {
    const watch = watchSilence(signal, this.#silence);
    try {
      const body = JSON.stringify(history.length > 0 ? { question, history } : { question });
      const response = await this.#send("/api/ask", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "text/event-stream" },
        body,
        signal: watch.signal,
      });
      yield* answerEvents(response, watch.heard);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof ClientError ? error : new ClientError("interrupted", "", { cause: error });
    } finally {
      watch.stop();
    }
  }

  async listArticles(signal?: AbortSignal): Promise<ArticleList> {
    return parseArticleList(await this.#getJson("/api/articles", signal));
  }

  async readArticle(id: string, signal?: AbortSignal): Promise<ReadableArticle> {
    return parseArticle(await this.#getJson(`/api/articles/${encodeURIComponent(id)}`, signal));
  }

  async sendFeedback(feedback: Feedback): Promise<void> {
    await this.#send("/api/feedback", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(feedback),
    });
  }

  /** The address of an article's reading page, at a span of it. */
  articleAddress(id: string, span?: { readonly start: number; readonly end: number }): string {
    const place = span ? `#c=${span.start}-${span.end}` : "";
    return `${this.endpoint}/articles/${encodeURIComponent(id)}${place}`;
  }

  async #getJson(path: string, signal?: AbortSignal): Promise<unknown> {
    const response = await this.#send(path, {
      headers: { accept: "application/json" },
      signal: signal ?? null,
    });
    try {
      return await response.json();
    } catch (error) {
      signal?.throwIfAborted();
      throw new ClientError("failed", "", { cause: error });
    }
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.language) headers.set("accept-language", this.language);
    if (this.#apiKey) headers.set("x-wenju-key", this.#apiKey);
    let response: Response;
    try {
      response = await fetch(this.endpoint + path, { ...init, headers });
    } catch (error) {
      init.signal?.throwIfAborted();
      throw connectionError(error);
    }
    if (!response.ok) throw await responseError(response);
    return response;
  }
}

async function* answerEvents(response: Response, heard: () => void): AsyncGenerator<AnswerEvent> {
  if (!response.body) throw new ClientError("interrupted");
  const heardBody = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        heard();
        controller.enqueue(bytes);
      },
    }),
  );
  for await (const { type, data } of readEventStream(heardBody)) {
    const body: unknown = JSON.parse(data);
    if (type === "answer-error") throw new ClientError("failed", messageOf(body));
    const event = parseAnswerEvent(type, body);
    if (event) yield event;
    if (event?.type === "answer-end") return;
  }
  throw new ClientError("interrupted");
}

/** A signal that also aborts when nothing was heard for `limit` milliseconds. */
function watchSilence(signal: AbortSignal, limit: number) {
  const silent = new AbortController();
  const abort = () => silent.abort(new ClientError("interrupted"));
  let timer = setTimeout(abort, limit);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(abort, limit);
  };
  return { signal: AbortSignal.any([signal, silent.signal]), heard, stop: () => clearTimeout(timer) };
}
