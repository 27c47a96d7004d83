import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { childEnvironment } from "../child-environment.ts";
import { WenjuError } from "../errors.ts";
import type { IndexProgress } from "../indexing/index-progress.ts";
import type { IndexedCorpus, Sources } from "../open-chatbot.ts";
import type { IndexingReply, IndexingRequest } from "./indexing-worker.ts";

export type IndexInProcessOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
};

/**
 * Indexes in a process of its own, which ends with it: this one goes on answering, and gets all memory back.
 * Rejects with what `prepareEdition` throws, and `INDEXING_FAILED` where the process died.
 */
export async function indexInProcess(
  sources: Sources,
  { signal, onProgress }: IndexInProcessOptions = {},
): Promise<IndexedCorpus> {
  if (signal?.aborted) throw abortedError(signal);
  const child = fork(workerFile(), {
    // a debugger's or a test runner's flags are not for it
    execArgv: [],
    env: childEnvironment(),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const abort = () => stop(child);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await resultOf(child, sources, onProgress);
  } catch (error) {
    throw signal?.aborted ? abortedError(signal) : error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** Settles once the process has ended: whoever indexes next finds no lock. */
async function resultOf(
  child: ChildProcess,
  sources: Sources,
  onProgress: IndexInProcessOptions["onProgress"],
): Promise<IndexedCorpus> {
  let result: Extract<IndexingReply, { type: "done" | "failed" }> | undefined;
  child.on("message", (reply: IndexingReply) => {
    if (reply.type === "progress") onProgress?.(reply.progress);
    else {
      result = reply;
      killLater(child);
    }
  });
  const ended = whenEnded(child);
  tell(child, { type: "index", sources });
  const reason = await ended;
  if (result?.type === "done") return result.indexed;
  if (result) throw new WenjuError(result.code, result.message);
  throw new WenjuError(
    "INDEXING_FAILED",
    `The process that indexes died: ${reason}. What was indexed before goes on answering.`,
  );
}

/** Resolves with what a process ended by, and the last that it said. */
function whenEnded(child: ChildProcess): Promise<string> {
  let said = "";
  child.stderr?.on("data", (data: Buffer) => {
    said = (said + data.toString()).slice(-300);
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => {
      resolve([signal ?? `exit code ${code}`, said.trim()].filter(Boolean).join(": "));
    });
  });
}

/** Milliseconds that a run gets to end once it is done, or has been told to: it removes its lock and its drafts. */
const GRACE = 5_000;

function stop(child: ChildProcess): void {
  tell(child, { type: "abort" });
  killLater(child);
}

function killLater(child: ChildProcess): void {
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE);
  child.once("exit", () => clearTimeout(timer));
}

/** A failure to send is followed by the child's end. */
function tell(child: ChildProcess, request: IndexingRequest): void {
  if (child.connected) child.send(request, () => {});
}

function abortedError(signal: AbortSignal): WenjuError {
  return new WenjuError("ABORTED", "Indexing was aborted.", { cause: signal.reason });
}

/** The compiled file, also for code that runs from `src/`: Node runs no TypeScript by itself. */
function workerFile(): string {
  try {
    return createRequire(import.meta.url).resolve("#indexing-worker");
  } catch (cause) {
    throw new WenjuError(
      "INDEXING_FAILED",
      'The compiled indexing worker is missing. Run "npm run build" first.',
      { cause },
    );
  }
}
