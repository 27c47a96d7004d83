import type { Request, Response } from "express";
import { toFailure } from "../failure.ts";
import { RequestError } from "../request-error.ts";
import { describeFailure } from "./describe-failure.ts";
import type { ObservedQuestion, QuestionStatus } from "./observed-question.ts";
import { NO_ROUTE, pathOf } from "./route-pattern.ts";

type Write = (facts: object, message: string) => void;

/** As much of pino's logger as is used here. */
export type RequestLog = Readonly<Record<"debug" | "info" | "warn" | "error", Write>>;

export type FinishedRequest = {
  readonly id: string;
  readonly request: Request;
  readonly response: Response;
  readonly route: string;
  readonly milliseconds: number;
  /** Sent to the client, headers included. */
  readonly bytes: number;
  readonly question?: ObservedQuestion | undefined;
  /** What became of the question. */
  readonly status?: QuestionStatus | undefined;
  readonly failure?: unknown;
};

/** Writes the one line of a request. It holds nothing that a reader wrote and nothing of who the reader is, unless `logQuestions` is on. */
export function writeRequest(log: RequestLog, finished: FinishedRequest, logQuestions: boolean): void {
  const { id, request, response, route, milliseconds, bytes } = finished;
  const facts = {
    id,
    method: request.method,
    path: shownPath(finished),
    route,
    status: response.statusCode,
    ms: Math.round(milliseconds * 10) / 10,
    bytes,
    ...questionFacts(finished, logQuestions),
    ...failureFacts(finished),
  };
  log[levelOf(finished)](facts, "request");
}

/** Of what was refused, the address may hold anything, a question or a key too: only the route's pattern is told. */
function shownPath({ request, response, route }: FinishedRequest): string {
  return route !== NO_ROUTE && response.statusCode < 400 ? pathOf(request) : route;
}

function questionFacts({ question, status, response }: FinishedRequest, logQuestions: boolean): object {
  if (!question) return {};
  const { answer, asked } = question;
  return {
    answer: status,
    ...(answer && { citations: answer.citations.length, wordsOnly: answer.searchedBy === "words" }),
    generation: response.getHeader("wenju-generation"),
    ...(logQuestions && { question: asked.question }),
  };
}

function failureFacts({ failure, request, question, response }: FinishedRequest): object {
  if (failure === undefined) return response.writableFinished ? {} : { left: true };
  if (failure instanceof RequestError) return { fault: failure.fault };
  const { status, code } = toFailure(failure);
  if (status < 500 || code === "ABORTED") return { fault: code };
  return { err: describeFailure(failure, privateTextsOf(request, question)) };
}

/** All that a failing part could quote of what the reader, or the reader's site, has sent. */
function privateTextsOf({ query, headers }: Request, question: ObservedQuestion | undefined): string[] {
  const { asked } = question ?? {};
  const texts = [
    asked?.question,
    ...(asked?.history ?? []).map(({ content }) => content),
    ...Object.values(query),
    ...(headers.authorization?.split(" ") ?? []),
    headers["x-wenju-key"],
  ];
  return texts.filter((text) => typeof text === "string");
}

/** Asked for again and again by machines, or many to one page. */
const QUIET: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics", "/assets", "/widget.js"]);

function levelOf({ failure, response, route }: FinishedRequest): keyof RequestLog {
  const status = failure === undefined ? response.statusCode : toFailure(failure).status;
  if (status === 500) return "error";
  if (QUIET.has(route)) return "debug";
  return status > 500 ? "warn" : "info";
}
