import { WenjuError } from "../../errors.ts";

/** An error as the log shows it. */
export type FailureFacts = {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: FailureFacts;
};

/** Causes of causes that are told. */
const DEEPEST = 4;

/** Tells what failed, and where; a message that quotes one of the private texts loses it. */
export function describeFailure(error: unknown, privateTexts: readonly string[], depth = 1): FailureFacts {
  if (!(error instanceof Error))
    return { type: typeof error, message: "Something else than an error was thrown." };
  const { name, message, stack, cause } = error;
  const facts = {
    type: name,
    ...(error instanceof WenjuError && { code: error.code }),
    message: without(privateTexts, message),
    stack: stack && without(privateTexts, stack),
  };
  if (!(cause instanceof Error) || depth === DEEPEST) return facts;
  return { ...facts, cause: describeFailure(cause, privateTexts, depth + 1) };
}

/** Shorter texts are no secret, and would tear holes into every message. */
const SHORTEST_PRIVATE = 2;

function without(privateTexts: readonly string[], message: string): string {
  return privateTexts
    .filter((text) => text.length >= SHORTEST_PRIVATE)
    .reduce((told, text) => told.replaceAll(text, "[…]"), message);
}
