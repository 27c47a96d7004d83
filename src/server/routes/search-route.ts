import type { RequestHandler } from "express";
import { z } from "zod";
import type { LiveChatbot } from "../../live-chatbot.ts";
import type { Hit } from "../../retrieve/hit.ts";
import type { QuestionDesk } from "../admission/question-desk.ts";
import type { RunningRequests } from "../running-requests.ts";
import { fault, parseAtDoor, parseQuestion } from "./ask-request.ts";

export type SearchRouteParts = {
  readonly live: LiveChatbot;
  readonly requests: RunningRequests;
  readonly desk: QuestionDesk;
  readonly patienceMs: number;
};

/** `GET /api/search?q=&limit=`: the passages that were found, and by whom. */
export function searchRoute({ live, requests, desk, patienceMs }: SearchRouteParts): RequestHandler {
  return async (request, response) => {
    const { q, limit } = request.query;
    const question = parseQuestion(q);
    const options = { limit: parseAtDoor(hitCount, limit), patienceMs };
    const received = desk.receive(requests.signalOf(response));
    const { chatbot } = live.current;
    const hits = await received.run((signal) => chatbot.search(question, { ...options, signal }));
    response.set("cache-control", "no-store").json({ hits: hits.map(toJson) });
  };
}

const hitCount = z
  .string(fault("limit-invalid"))
  .regex(/^\d{1,2}$/, fault("limit-invalid"))
  .default("10")
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= 50, fault("limit-invalid"));

function toJson({ passage, score, ranks }: Hit) {
  const { id, articleId, title, headings, span, text } = passage;
  return { passageId: id, articleId, title, headings, span, text, score, ranks };
}
