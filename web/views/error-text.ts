import type { Turn } from "../conversation/turn.ts";
import type { Messages } from "../i18n/messages.ts";

/** The server's own words where it refused the question itself; ours, in the reader's language, for the rest. */
export function errorText(words: Messages, { error }: Turn): string {
  if (!error) return words.errors.failed;
  const hasReason = error.message !== "" && (error.code === "invalid" || error.code === "forbidden");
  return hasReason ? error.message : words.errors[error.code];
}
