import type { Request, RequestHandler, Response } from "express";
import type { UnansweredLog } from "../journal/unanswered-log.ts";
import { describeFailure } from "./describe-failure.ts";
import { type AskedQuestion, ObservedQuestion, type QuestionStatus } from "./observed-question.ts";
import { REQUEST_ID, requestIdOf } from "./request-id.ts";
import { type FinishedRequest, type RequestLog, writeRequest } from "./request-log.ts";
import { routePatternOf } from "./route-pattern.ts";
import type { ServerMetrics } from "./server-metrics.ts";

export type ObservingParts = {
  /** Gets one line for each finished request. */
  readonly log?: RequestLog | undefined;
  /** Write what was asked into the log, too. Default: no text of a reader ever gets there. */
  readonly logQuestions?: boolean | undefined;
  readonly metrics?: ServerMetrics | undefined;
  /** Keeps the questions that nothing answers. */
  readonly unanswered?: UnansweredLog | undefined;
  /** Hears why an unanswered question could not be kept, where there is no log. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
};

type Observed = {
  readonly id: string;
  readonly begun: number;
  readonly bytesBefore: number;
  question?: ObservedQuestion;
  failure?: unknown;
};

/** Sees every request from its first to its last byte, names it, and tells the log, the metrics and the store of unanswered questions. */
export class RequestObserver {
  readonly #parts: ObservingParts;
  readonly #observed = new WeakMap<Response, Observed>();

  constructor(parts: ObservingParts) {
    this.#parts = parts;
  }

  /** Comes before all other handlers. */
  readonly begin: RequestHandler = (request, response, next) => {
    const id = requestIdOf(request);
    const { socket } = request;
    this.#observed.set(response, { id, begun: performance.now(), bytesBefore: socket.bytesWritten });
    response.set(REQUEST_ID, id);
    response.once("close", () => this.#end(request, response));
    next();
  };

  /** From now on the request is a question. */
  question(response: Response, asked: AskedQuestion): ObservedQuestion {
    const question = new ObservedQuestion(asked, (stage, ms) => this.#parts.metrics?.addStage(stage, ms));
    const observed = this.#observed.get(response);
    if (observed) observed.question = question;
    return question;
  }

  /** Why the request failed, or was refused. */
  noteFailure(response: Response, error: unknown): void {
    const observed = this.#observed.get(response);
    if (observed) observed.failure = error;
  }

  #end(request: Request, response: Response): void {
    const observed = this.#observed.get(response);
    if (!observed) return;
    const { question, failure } = observed;
    const route = routePatternOf(request);
    const status = question?.statusAfter(failure, response.writableFinished);
    const { log, logQuestions = false, metrics } = this.#parts;
    metrics?.countRequest(route, response.statusCode);
    if (question && status) this.#settle(question, status);
    if (!log) return;
    const { id, begun, bytesBefore } = observed;
    const milliseconds = performance.now() - begun;
    const bytes = request.socket.bytesWritten - bytesBefore;
    const finished: FinishedRequest = { id, request, response, route, milliseconds, bytes, question, status };
    writeRequest(log, { ...finished, failure: failure ?? question?.error }, logQuestions);
  }

  #settle(question: ObservedQuestion, status: QuestionStatus): void {
    const { metrics, unanswered } = this.#parts;
    const { answer, asked, milliseconds } = question;
    metrics?.countQuestion(status);
    if (answer) metrics?.addQuestionTime(milliseconds);
    // what words alone did not find, the articles may answer all the same
    if (status !== "no-evidence" || !answer || answer.searchedBy === "words") return;
    const articles = [...new Set(answer.related.map(({ articleId }) => articleId))];
    unanswered?.append({ question: asked.standAlone(), articles }).catch((error) => this.#tell(error));
  }

  /** Of what failed when its request was over already. */
  #tell(error: unknown): void {
    const { log, onFailure } = this.#parts;
    if (log) log.error({ err: describeFailure(error, []) }, "An unanswered question was not kept.");
    else onFailure?.(error);
  }
}
