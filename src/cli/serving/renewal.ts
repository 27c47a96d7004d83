import type { Config } from "../../config.ts";
import type { EmbeddingModel } from "../../embed/embedding-model.ts";
import { LiveChatbot } from "../../live-chatbot.ts";
import { keepUpToDate } from "../../reindexing/keep-up-to-date.ts";
import type { AdminParts } from "../../server/admin/admin-routes.ts";
import type { CliContext } from "../cli-context.ts";
import { describeError } from "../describe-error.ts";
import { describeReport, describeSkipped } from "../describe-report.ts";
import { openWithProgress } from "../open-with-progress.ts";

export type OpenedLive = {
  readonly live: LiveChatbot;
  readonly model: EmbeddingModel;
  close(): Promise<void>;
};

/** Opens the chatbot, and keeps nothing of its first edition besides: that must go when it is replaced. */
export async function openLive(config: Config, context: CliContext): Promise<OpenedLive> {
  const { chatbot, index, model, suggestions, close } = await openWithProgress(config, context);
  const { generation, passages } = index;
  const live = new LiveChatbot({ chatbot, suggestions, generation, passages: passages.length });
  return { live, model, close };
}

export type Renewal = {
  /** Undefined where nobody may manage articles over HTTP. */
  readonly admin: AdminParts | undefined;
  close(): Promise<void>;
};

/** Has articles indexed that change while the server runs, where the settings ask for it; says what came of it. */
export async function startRenewal(
  config: Config,
  { live, model }: Pick<OpenedLive, "live" | "model">,
  { terminal, signal }: CliContext,
): Promise<Renewal> {
  const { watch, adminToken: token, corpusFolder } = config;
  if (!watch && token === undefined) return { admin: undefined, close: async () => {} };
  const { reindexer, close } = await keepUpToDate(config, {
    live,
    model,
    onReport: (report) => {
      for (const file of report.skipped) terminal.say(describeSkipped(file));
      terminal.say(describeReport(report));
    },
    onFailure: (error) => {
      const { zh, en } = describeError(error).texts;
      terminal.say({
        zh: `文章有变化，但没有更新成；仍用原来的回答，稍后再试：${zh}`,
        en: `The articles were not updated; the old ones go on answering, and it is tried again: ${en}`,
      });
    },
    onWatchError: (error) => {
      const { zh, en } = describeError(error).texts;
      terminal.say({
        zh: `文章文件夹不能监视，改为每分钟查看一次：${zh}`,
        en: `The corpus folder cannot be watched and is looked at once a minute: ${en}`,
      });
    },
  });
  signal.addEventListener("abort", () => void close(), { once: true }); // what takes seconds to end begins to at once
  return { admin: token === undefined ? undefined : { token, corpusFolder, reindexing: reindexer }, close };
}
