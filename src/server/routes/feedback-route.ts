import type { RequestHandler } from "express";
import { z } from "zod";
import { RateLimit } from "../access/rate-limit.ts";
import type { Feedback, FeedbackLog } from "../journal/feedback-log.ts";
import type { ServerMetrics } from "../observing/server-metrics.ts";
import { readJsonBody } from "../request-body.ts";
import { RequestError } from "../request-error.ts";
import { fault, isAtMost, parseAtDoor, questionText, wellFormedText } from "./ask-request.ts";

/** Of all readers together: far more than people say, far less than fills a disk. */
const MOST_A_MINUTE = 60;

/** `POST /api/feedback`: keeps what a reader thinks of an answer. */
export function feedbackRoute(log: FeedbackLog, metrics?: ServerMetrics): RequestHandler {
  const limit = new RateLimit(MOST_A_MINUTE);
  return async (request, response) => {
    const feedback = parseFeedback(await readJsonBody(request));
    if (!limit.take()) throw new RequestError("feedback-too-often");
    metrics?.countFeedback(feedback.rating);
    await log.append(feedback);
    response.status(204).set("cache-control", "no-store").end();
  };
}

function parseFeedback(body: unknown): Feedback {
  return parseAtDoor(feedbackBody, body);
}

const remarkText = wellFormedText("remark-invalid")
  .transform((text) => text.trim() || undefined)
  .refine((text) => isAtMost(text ?? "", 500), fault("remark-invalid"));

const feedbackBody = z.object(
  {
    answerId: z.string(fault("feedback-invalid")).regex(/^[\x21-\x7e]{1,100}$/, fault("feedback-invalid")),
    question: questionText,
    rating: z.enum(["up", "down"], fault("feedback-invalid")),
    remark: remarkText.optional(),
  },
  fault("feedback-invalid"),
);
