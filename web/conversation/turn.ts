import type { Answer, Citation } from "../../src/answer/answer.ts";
import type { ClientErrorCode } from "../client/client-error.ts";

/**
 * Where a question stands: `asking` until the first event, `answering` while text streams, then one of the three
 * ends. A failed or stopped turn keeps what had arrived.
 */
export type Phase = "asking" | "answering" | "answered" | "stopped" | "failed";

export type Rating = {
  readonly value: "up" | "down";
  readonly remark: string;
  /** `open`: the remark may still be written; `kept`: the server takes no ratings, so it stays in this tab. */
  readonly state: "open" | "sending" | "sent" | "kept" | "failed";
};

/** One question and what became of it. */
export type Turn = {
  readonly id: string;
  readonly question: string;
  readonly phase: Phase;
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly answer?: Answer;
  readonly error?: { readonly code: ClientErrorCode; readonly message: string };
  readonly rating?: Rating;
};

export function newTurn(question: string): Turn {
  return { id: uniqueId(), question, phase: "asking", text: "", citations: [] };
}

let made = 0;

/** `crypto.randomUUID` is missing on plain http; within one tab a counter and the clock are enough. */
function uniqueId(): string {
  made += 1;
  return `${Date.now().toString(36)}-${made}`;
}
