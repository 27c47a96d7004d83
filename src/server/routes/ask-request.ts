import { z } from "zod";
import type { ChatTurn } from "../../question/chat-turn.ts";
import { isRequestFault, RequestError, type RequestFault } from "../request-error.ts";

export type AskRequest = { readonly question: string; readonly history?: readonly ChatTurn[] | undefined };

/** Checks the body of `POST /api/ask`; throws a `RequestError` that names the first thing wrong. */
export function parseAskRequest(body: unknown): AskRequest {
  return parseAtDoor(askRequest, body);
}

/** Trims a question and checks that it has 1–500 characters (code points). */
export function parseQuestion(question: unknown): string {
  return parseAtDoor(questionText, question);
}

/** Runs a schema whose messages are names of request faults. */
export function parseAtDoor<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const message = result.error.issues[0]?.message ?? "";
  throw new RequestError(isRequestFault(message) ? message : "body-invalid", { cause: result.error });
}

/** A schema's message that `parseAtDoor` turns into the fault of that name. */
export function fault(name: RequestFault): RequestFault {
  return name;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Text without half a character in it. */
export const wellFormedText = (missing: RequestFault) =>
  z.string(missing).refine((text) => !LONE_SURROGATE.test(text), fault("text-malformed"));

/** 1–500 characters (code points) after trimming. */
export const questionText = wellFormedText("question-missing")
  .transform((text) => text.trim())
  .refine((text) => text.length > 0, fault("question-empty"))
  .refine((text) => isAtMost(text, 500), fault("question-too-long"));

const chatTurn = z.object(
  {
    role: z.enum(["user", "assistant"], fault("history-invalid")),
    content: wellFormedText("history-invalid").refine(
      (text) => isAtMost(text, 2_000),
      fault("history-too-long"),
    ),
  },
  fault("history-invalid"),
);

const askRequest = z.object(
  {
    question: questionText,
    history: z.array(chatTurn, fault("history-invalid")).max(20, fault("history-too-long")).optional(),
  },
  fault("body-invalid"),
);

/** Counts code points, as a reader counts characters: 𠮷 is one. */
export function isAtMost(text: string, length: number): boolean {
  return text.length <= length || (text.length <= 2 * length && [...text].length <= length);
}
