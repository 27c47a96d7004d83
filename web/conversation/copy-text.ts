import type { Answer } from "../../src/answer/answer.ts";
import type { Messages } from "../i18n/messages.ts";

/** An answer as plain text for the clipboard: what it says, then where each quote stands. */
export function copyText(
  { text, citations }: Answer,
  words: Messages,
  describe: (citation: Answer["citations"][number]) => string,
): string {
  if (citations.length === 0) return text;
  const sources = citations.map((citation) => `[${citation.marker}] ${describe(citation)}`);
  return [text, "", words.copySources, ...sources].join("\n");
}
