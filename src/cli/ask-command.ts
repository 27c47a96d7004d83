import { collectAnswer } from "../chatbot.ts";
import { readConfig } from "../config.ts";
import { parseQuestion } from "../server/ask-request.ts";
import type { CliContext, JsonFlags } from "./cli-context.ts";
import { formatAnswer } from "./format-answer.ts";
import { openWithProgress } from "./open-with-progress.ts";

/** `wenju ask`: prints one answer with its quotes and their places. */
export async function runAsk(
  input: string,
  { json, ...flags }: JsonFlags,
  context: CliContext,
): Promise<number> {
  const question = parseQuestion(input);
  const { chatbot, close } = await openWithProgress(readConfig(flags, context.environment), context);
  try {
    const answer = await collectAnswer(chatbot.ask(question, { signal: context.signal }));
    const { terminal } = context;
    const bold = (text: string) => terminal.bold(text);
    const format = { articles: chatbot.articles, language: terminal.language, bold };
    terminal.print(json ? JSON.stringify(answer) : formatAnswer(answer, format));
    return 0;
  } finally {
    await close();
  }
}
