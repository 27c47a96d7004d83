import type { ScoringThread } from "../answer/ranking/thread/scoring-thread.ts";
import { collectGarbage } from "../collect-garbage.ts";
import type { Config } from "../config.ts";
import type { EmbeddingModel } from "../embed/embedding-model.ts";
import { checkIndex } from "../indexing/check-index.ts";
import { demandsOf } from "../indexing/open-index.ts";
import { openEdition, type Sources } from "../open-chatbot.ts";
import { indexInProcess } from "./index-in-process.ts";
import { type Behind, lookForWork } from "./look-for-work.ts";
import { Reindexer, type ReindexerParts } from "./reindexer.ts";
import { watchCorpus } from "./watch-corpus.ts";

export type CatchUpOptions = Pick<ReindexerParts, "live" | "onReport" | "onFailure"> & {
  readonly model: EmbeddingModel;
  /** Scores for what is opened. */
  readonly scoring?: ScoringThread | undefined;
  /** Told once at the beginning where what answers is not what the corpus is, before that is indexed. */
  readonly onBehind?: ((behind: Behind) => void) | undefined;
};

export type KeepUpToDateOptions = CatchUpOptions & {
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

/** Milliseconds after which the questions are over that an edition was answering when it was replaced. Then its memory is free. */
const OVER_AFTER = 2_000;

/**
 * Keeps a chatbot up to date while it answers: on request, and with `config.watch` whenever the articles change. It looks once at
 * the beginning, for what changed before it began.
 */
export async function keepUpToDate(
  config: Sources & Pick<Config, "watch">,
  { onWatchError, quietMs, ...options }: KeepUpToDateOptions,
): Promise<UpToDate> {
  const reindexer = openReindexer(config, options);
  const watcher = config.watch
    ? await watch(config, options.model, reindexer, { onWatchError, quietMs })
    : undefined;
  reindexer.expect();
  // also where nothing has changed: the one who keeps the articles is told which files are skipped
  void tellWhetherBehind(config, options).then(() => reindexer.request());
  return {
    reindexer,
    close: async () => {
      await watcher?.close();
      await reindexer.close();
    },
  };
}

/**
 * Brings a chatbot up to date once, where it was opened as its index stood and the articles have changed since. Nothing goes on after
 * that: no process, no watch, no timer. What fails is tried again until it works.
 */
export function catchUp(config: Sources, options: CatchUpOptions): UpToDate {
  const reindexer = openReindexer(config, options);
  void tellWhetherBehind(config, options).then((behind) => {
    if (behind) reindexer.request();
  });
  return { reindexer, close: () => reindexer.close() };
}

function openReindexer(
  { corpusFolder, indexFolder, model: name }: Sources,
  { live, model, scoring, onReport, onFailure }: CatchUpOptions,
): Reindexer {
  return new Reindexer({
    live,
    index: (options) => indexInProcess({ corpusFolder, indexFolder, model: name }, options),
    open: (indexed) => openEdition({ indexFolder }, model, indexed, { scoring }),
    onReport: (report, facts) => {
      if (facts.replaced) setTimeout(collectGarbage, OVER_AFTER).unref();
      onReport?.(report, facts);
    },
    onFailure,
  });
}

async function tellWhetherBehind(
  { corpusFolder, indexFolder }: Sources,
  { live, model, onBehind }: CatchUpOptions,
): Promise<Behind | undefined> {
  const behind = await lookForWork({ ...demandsOf(indexFolder, model), corpusFolder }, live);
  if (behind) onBehind?.(behind);
  return behind;
}

async function watch(
  config: Sources,
  model: EmbeddingModel,
  reindexer: Reindexer,
  { onWatchError, quietMs }: Pick<KeepUpToDateOptions, "onWatchError" | "quietMs">,
): Promise<{ close(): Promise<void> }> {
  const { corpusFolder } = config;
  const demands = { ...demandsOf(config.indexFolder, model), corpusFolder };
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
