import { constants, setPriority } from "node:os";
import { WenjuError, type WenjuErrorCode } from "../errors.ts";
import type { IndexProgress } from "../indexing/index-progress.ts";
import { type IndexedCorpus, prepareEdition, type Sources } from "../open-chatbot.ts";

export type IndexingRequest =
  | { readonly type: "index"; readonly sources: Sources }
  | { readonly type: "abort" };

export type IndexingReply =
  | { readonly type: "progress"; readonly progress: IndexProgress }
  | { readonly type: "done"; readonly indexed: IndexedCorpus }
  | { readonly type: "failed"; readonly code: WenjuErrorCode; readonly message: string };

/** Milliseconds between two messages about the same stage. */
const PROGRESS_EVERY = 100;
/** Milliseconds that an aborted run gets to clean up. */
const GRACE = 5_000;

const ending = new AbortController();

process.on("message", (request: IndexingRequest) => {
  if (request.type === "index") void run(request.sources);
  else ending.abort();
});
// nobody waits for the result any more
process.on("disconnect", () => {
  ending.abort();
  setTimeout(() => process.exit(1), GRACE).unref();
});
// a terminal interrupts the whole group: the parent decides what becomes of this run
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});

async function run(sources: Sources): Promise<void> {
  yieldToReaders();
  try {
    const options = { signal: ending.signal, onProgress: throttled(tell) };
    send({ type: "done", indexed: await prepareEdition(sources, options) });
  } catch (error) {
    const code = error instanceof WenjuError ? error.code : "INTERNAL";
    send({ type: "failed", code, message: error instanceof Error ? error.message : String(error) });
  }
  process.disconnect?.();
}

/** Whoever asks goes before whoever indexes. The process of the model inherits it. */
function yieldToReaders(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // some systems do not let a process do so; it is a courtesy
  }
}

function tell(progress: IndexProgress): void {
  send({ type: "progress", progress });
}

function throttled(report: (progress: IndexProgress) => void): (progress: IndexProgress) => void {
  let stage: string | undefined;
  let at = 0;
  return (progress) => {
    const now = performance.now();
    const isBetween = progress.stage === stage && progress.done < progress.total;
    if (isBetween && now - at < PROGRESS_EVERY) return;
    stage = progress.stage;
    at = now;
    report(progress);
  };
}

function send(reply: IndexingReply): void {
  if (process.connected) process.send?.(reply);
}
