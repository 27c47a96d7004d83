import type { Config } from "../config.ts";
import type { EmbeddingModel } from "../embed/embedding-model.ts";
import { checkIndex } from "../indexing/check-index.ts";
import { openEdition } from "../open-chatbot.ts";
import { indexInProcess } from "./index-in-process.ts";
import { Reindexer, type ReindexerParts } from "./reindexer.ts";
import { watchCorpus } from "./watch-corpus.ts";

export type KeepUpToDateOptions = Pick<ReindexerParts, "live" | "onReport" | "onFailure"> & {
  readonly model: EmbeddingModel;
  /** Told of a folder that cannot be watched: it is looked at once a minute all the same. */
  readonly onWatchError?: ((error: unknown) => void) | undefined;
  /** Milliseconds without a change after which what has changed is indexed. Default 1,000. */
  readonly quietMs?: number | undefined;
};

export type UpToDate = {
  readonly reindexer: Reindexer;
  close(): Promise<void>;
};

/** Milliseconds: some file systems of other machines, and of containers, tell nobody what changes in them. */
const LOOK_EVERY = 60_000;

/**
 * Keeps a chatbot up to date while it answers: on request, and with `config.watch` whenever the articles change. It looks once at
 * the beginning, for what changed before it began.
 */
export async function keepUpToDate(
  config: Pick<Config, "corpusFolder" | "indexFolder" | "model" | "watch">,
  { live, model, onReport, onFailure, ...watching }: KeepUpToDateOptions,
): Promise<UpToDate> {
  const reindexer = new Reindexer({
    live,
    index: (options) => indexInProcess(sourcesOf(config), options),
    open: (indexed) => openEdition(config, model, indexed),
    onReport,
    onFailure,
  });
  const watcher = config.watch ? await watch(config, model, reindexer, watching) : undefined;
  reindexer.request();
  return {
    reindexer,
    close: async () => {
      await watcher?.close();
      await reindexer.close();
    },
  };
}

function sourcesOf({
  corpusFolder,
  indexFolder,
  model,
}: Pick<Config, "corpusFolder" | "indexFolder" | "model">) {
  return { corpusFolder, indexFolder, model };
}

async function watch(
  { corpusFolder, indexFolder }: Pick<Config, "corpusFolder" | "indexFolder">,
  { id, dimensions }: EmbeddingModel,
  reindexer: Reindexer,
  { onWatchError, quietMs }: Pick<KeepUpToDateOptions, "onWatchError" | "quietMs">,
): Promise<{ close(): Promise<void> }> {
  const demands = { corpusFolder, indexFolder, modelId: id, dimensions };
  const look = async (): Promise<void> => {
    if (reindexer.status.state !== "current") return;
    if ((await checkIndex(demands).catch(() => "stale")) !== "current") reindexer.request();
  };
  const timer = setInterval(() => void look(), LOOK_EVERY).unref();
  const watcher = await watchCorpus(corpusFolder, {
    onChange: () => reindexer.expect(),
    onQuiet: () => reindexer.request(),
    onError: onWatchError,
    quietMs,
  });
  return {
    close: () => {
      clearInterval(timer);
      return watcher.close();
    },
  };
}
