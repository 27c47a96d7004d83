import type { Request, Response } from "express";
import { type Language, SpokenError, WenjuError, type WenjuErrorCode } from "../errors.ts";
import { RequestError } from "./request-error.ts";

/** What a client is told of an error. */
export type Failure = {
  readonly status: number;
  readonly code: WenjuErrorCode;
  readonly texts: Readonly<Record<Language, string>>;
  /** Seconds after which it may be tried again, where that can be said. */
  readonly retryAfter?: number | undefined;
};

/** What may be said about an error: faults of a request in full, everything else without paths, values or stacks. */
export function toFailure(error: unknown): Failure {
  if (error instanceof RequestError) {
    const { status, code, texts, retryAfter } = error;
    return { status, code, texts, retryAfter };
  }
  if (error instanceof WenjuError && error.code === "EMBEDDING_FAILED") return MODEL_UNAVAILABLE;
  if (error instanceof WenjuError && error.code === "FEEDBACK_NOT_SAVED") return FEEDBACK_LOST;
  if (error instanceof SpokenError && error.code === "ARTICLE_NOT_SAVED")
    return { status: 500, code: error.code, texts: error.texts };
  if (error instanceof WenjuError && error.code === "ABORTED") return STOPPED;
  const status = statusOf(error);
  if (status === 404) return toFailure(new RequestError("route-unknown"));
  return status >= 400 && status < 500 ? { ...BAD_REQUEST, status } : INTERNAL;
}

/** The language of a message: what the client prefers, Chinese where it does not say. */
export function languageOf(request: Request): Language {
  return request.acceptsLanguages("zh", "en") === "zh" ? "zh" : "en";
}

/** How long an unread request stays open after its answer, so that the client reads the answer before the reset. */
const LINGER_MS = 250;

/** Answers with `{ error: { code, message } }`; on a page's address with the message alone. */
export function sendFailure(request: Request, response: Response, failure: Failure): void {
  const { status, code, texts, retryAfter } = failure;
  const message = texts[languageOf(request)];
  const isPage = !request.path.startsWith("/api/") && request.accepts("json", "html") === "html";
  const body = isPage ? `${message}\n` : JSON.stringify({ error: { code, message } });
  response.status(status).set({
    "content-type": isPage ? "text/plain; charset=utf-8" : "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
    "cache-control": "no-store",
  });
  if (retryAfter !== undefined) response.set("retry-after", String(retryAfter));
  response.vary("Accept, Accept-Language");
  if (isFullyRead(request)) response.end(request.method === "HEAD" ? undefined : body);
  else endUnread(request, response, body);
}

/** Node would read the rest of a body, however long, before it lets go of the connection: write the answer and hang up. */
function endUnread(request: Request, response: Response, body: string): void {
  request.pause();
  response.set("connection", "close");
  response.write(body);
  setTimeout(() => request.socket.destroy(), LINGER_MS);
}

function isFullyRead(request: Request): boolean {
  const hasBody =
    request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
  return request.complete || !hasBody;
}

function statusOf(error: unknown): number {
  return error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : 500;
}

const BAD_REQUEST: Failure = {
  status: 400,
  code: "REQUEST_INVALID",
  texts: { zh: "请求的写法不对。", en: "The request is malformed." },
};

const MODEL_UNAVAILABLE: Failure = {
  status: 503,
  code: "EMBEDDING_FAILED",
  retryAfter: 5,
  texts: { zh: "模型暂时不能用。请稍后再试。", en: "The model is not available now. Try again later." },
};

const FEEDBACK_LOST: Failure = {
  status: 500,
  code: "FEEDBACK_NOT_SAVED",
  texts: { zh: "服务没能记下这条评价。请稍后再试。", en: "The server could not keep this. Try again later." },
};

const STOPPED: Failure = {
  status: 503,
  code: "ABORTED",
  retryAfter: 5,
  texts: { zh: "服务正在停止，没有答完。请稍后再问。", en: "The server is stopping. Ask again later." },
};

const INTERNAL: Failure = {
  status: 500,
  code: "INTERNAL",
  texts: { zh: "服务出错了，没有答成。请稍后再试。", en: "Something failed in the server. Try again later." },
};
