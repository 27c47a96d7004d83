import type { Config } from "../config.ts";
import type { IndexReport } from "../indexing/build-index.ts";
import { indexCorpus, type OpenedChatbot, type OpenOptions, openChatbot } from "../open-chatbot.ts";
import type { CliContext } from "./cli-context.ts";
import { describeError } from "./describe-error.ts";
import { describeReport, describeSkipped } from "./describe-report.ts";

/** Opens the chatbot; says on stderr what had to be indexed for it, and what was skipped. */
export async function openWithProgress(
  config: Config,
  context: CliContext,
  choice: Pick<OpenOptions, "retriever" | "scoring" | "recalibrate" | "asItStands"> = {},
): Promise<OpenedChatbot> {
  const opened = await withProgress(context, (options) => openChatbot(config, { ...options, ...choice }));
  if (opened.report) sayReport(opened.report, context);
  return opened;
}

/** Indexes; says on stderr how far it is and what came of it. */
export async function indexWithProgress(config: Config, context: CliContext): Promise<void> {
  sayReport(await withProgress(context, (options) => indexCorpus(config, options)), context);
}

function sayReport(report: IndexReport, { terminal }: CliContext): void {
  for (const file of report.skipped) terminal.say(describeSkipped(file));
  terminal.say(describeReport(report));
}

/** Embedding takes nearly all of the time: it alone is shown. */
async function withProgress<T>(
  { terminal, signal }: CliContext,
  work: (options: OpenOptions) => Promise<T>,
): Promise<T> {
  const progress = terminal.progress({ zh: "计算向量", en: "Embedding" });
  try {
    return await work({
      signal,
      onProgress: ({ stage, done, total }) => {
        if (stage === "embedding") progress.show(done, total);
      },
      onWarning: (warning) => {
        progress.end();
        const { zh, en } = describeError(warning).texts;
        terminal.say({ zh: `注意：${zh}`, en: `Warning: ${en}` });
      },
    });
  } finally {
    progress.end();
  }
}
