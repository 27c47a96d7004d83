import type { Answer } from "../../answer/answer.ts";
import { type Chatbot, collectAnswer } from "../../chatbot.ts";
import type { Gap } from "./find-gaps.ts";

/** A gap, and what the articles say to it by now. */
export type AskedGap = Gap & { readonly now: { readonly status: Answer["status"]; readonly quote?: string } };

export type AskAgainOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
};

/** Asks each gap once more, in the wording used most. */
export async function askAgain(
  gaps: readonly Gap[],
  chatbot: Chatbot,
  { signal, onProgress }: AskAgainOptions = {},
): Promise<AskedGap[]> {
  const asked: AskedGap[] = [];
  for (const gap of gaps) {
    const { status, citations } = await collectAnswer(chatbot.ask(gap.question, { signal }));
    const [first] = citations;
    asked.push({ ...gap, now: { status, ...(first && { quote: first.quote }) } });
    onProgress?.(asked.length, gaps.length);
  }
  return asked;
}
