import { availableParallelism } from "node:os";
import { ScoringThread } from "../../answer/ranking/thread/scoring-thread.ts";
import type { Config } from "../../config.ts";
import type { EmbeddingModel } from "../../embed/embedding-model.ts";
import { LiveChatbot } from "../../live-chatbot.ts";
import { suggestFrom } from "../../open-chatbot.ts";
import { catchUp, keepUpToDate } from "../../reindexing/keep-up-to-date.ts";
import type { AdminParts } from "../../server/admin/admin-routes.ts";
import type { CliContext } from "../cli-context.ts";
import { openWithProgress } from "../open-with-progress.ts";
import { renewalLines } from "./renewal-lines.ts";

export type OpenedLive = {
  readonly live: LiveChatbot;
  readonly model: EmbeddingModel;
  readonly scoring: ScoringThread | undefined;
  close(): Promise<void>;
};

/**
 * Opens the chatbot as its index stands, which is built first only where there is none; keeps nothing of this first edition besides:
 * it must go when it is replaced.
 */
export async function openLive(config: Config, context: CliContext): Promise<OpenedLive> {
  // with one processor it would only take turns with this thread
  const scoring = availableParallelism() > 1 ? new ScoringThread() : undefined;
  const opened = await openWithProgress(config, context, { asItStands: true, scoring });
  const { chatbot, index, model } = opened;
  const close = closer(model, scoring);
  const { generation, passages } = index;
  const suggestions = await suggestFrom(chatbot, context.signal).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const live = new LiveChatbot({ chatbot, suggestions, generation, passages: passages.length });
  return { live, model, scoring, close };
}

/** Not a closure of the function that opens: that would hold on to the first edition for good. */
function closer(
  model: Pick<EmbeddingModel, "close">,
  scoring: ScoringThread | undefined,
): () => Promise<void> {
  return async () => {
    await scoring?.close();
    await model.close();
  };
}

export type Renewal = {
  /** Undefined where nobody may manage articles over HTTP. */
  readonly admin: AdminParts | undefined;
  close(): Promise<void>;
};

/**
 * Has indexed what has changed since the index was made, and, where the settings ask for it, what changes while the server runs; says
 * what comes of it.
 */
export async function startRenewal(
  config: Config,
  { live, model, scoring }: Pick<OpenedLive, "live" | "model" | "scoring">,
  { terminal, signal }: CliContext,
): Promise<Renewal> {
  const { watch, adminToken: token, corpusFolder } = config;
  const options = { live, model, scoring, ...renewalLines(terminal) };
  const isKept = watch || token !== undefined;
  const { reindexer, close } = isKept ? await keepUpToDate(config, options) : catchUp(config, options);
  signal.addEventListener("abort", () => void close(), { once: true }); // what takes seconds to end begins to at once
  return { admin: token === undefined ? undefined : { token, corpusFolder, reindexing: reindexer }, close };
}
