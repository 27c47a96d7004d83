import { collectAnswer } from "../../chatbot.ts";
import { readConfig } from "../../config.ts";
import { parseQuestion } from "../../server/routes/ask-request.ts";
import type { CliContext, JsonFlags } from "../cli-context.ts";
import { formatAnswer } from "../format-answer.ts";
import { openWithProgress } from "../open-with-progress.ts";

/** Milliseconds: more than a model needs to be loaded once more, less than a person waits for nothing. */
const PATIENCE_MS = 10_000;

/** `wenju ask`: prints one answer with its quotes and their places. */
export async function runAsk(
  input: string,
  { json, ...flags }: JsonFlags,
  context: CliContext,
): Promise<number> {
  const question = parseQuestion(input);
  const { chatbot, close } = await openWithProgress(readConfig(flags, context.environment), context);
  try {
    const asked = chatbot.ask(question, { signal: context.signal, patienceMs: PATIENCE_MS });
    const answer = await collectAnswer(asked);
    const { terminal } = context;
    const bold = (text: string) => terminal.bold(text);
    const format = { articles: chatbot.articles, language: terminal.language, bold };
    terminal.print(json ? JSON.stringify(answer) : formatAnswer(answer, format));
    return 0;
  } finally {
    await close();
  }
}
