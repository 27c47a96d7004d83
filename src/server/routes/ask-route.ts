import type { Request, RequestHandler } from "express";
import { collectAnswer } from "../../chatbot.ts";
import type { LiveChatbot } from "../../live-chatbot.ts";
import type { QuestionDesk } from "../admission/question-desk.ts";
import { languageOf, toFailure } from "../failure.ts";
import type { RequestObserver } from "../observing/request-observer.ts";
import { readJsonBody } from "../request-body.ts";
import type { RunningRequests } from "../running-requests.ts";
import { parseAskRequest } from "./ask-request.ts";
import { sendEventStream } from "./event-stream.ts";

export type AskRouteParts = {
  readonly live: LiveChatbot;
  readonly requests: RunningRequests;
  readonly desk: QuestionDesk;
  readonly patienceMs: number;
  readonly observer: RequestObserver;
  readonly heartbeatMs?: number | undefined;
};

/** `POST /api/ask`: the answer as JSON, or its events for a client that accepts a stream. */
export function askRoute(parts: AskRouteParts): RequestHandler {
  const { live, requests, desk, patienceMs, observer, heartbeatMs } = parts;
  return async (request, response) => {
    const { question, history } = parseAskRequest(await readJsonBody(request));
    const standAlone = () => live.current.chatbot.resolveFollowUp(question, history);
    const observed = observer.question(response, { question, history, standAlone });
    const received = desk.receive(requests.signalOf(response));
    const { chatbot, generation } = live.current;
    if (generation !== undefined) response.set("wenju-generation", generation);
    const { onStage } = observed;
    const answering = received.stream((signal) =>
      chatbot.ask(question, { history, signal, patienceMs, onStage }),
    );
    const events = observed.follow(answering);
    response.vary("Accept");
    if (!wantsEventStream(request)) {
      response.set("cache-control", "no-store").json(await collectAnswer(events));
      return;
    }
    const toErrorEvent = (error: unknown) => toAnswerError(error, request);
    await sendEventStream(response, events, { signal: received.signal, heartbeatMs, toErrorEvent });
  };
}

function wantsEventStream(request: Request): boolean {
  return request.accepts("application/json", "text/event-stream") === "text/event-stream";
}

function toAnswerError(error: unknown, request: Request) {
  const { code, texts } = toFailure(error);
  return { type: "answer-error", error: { code, message: texts[languageOf(request)] } };
}
