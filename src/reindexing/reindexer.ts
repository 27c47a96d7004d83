import { WenjuError } from "../errors.ts";
import type { IndexReport } from "../indexing/build-index.ts";
import type { Edition, LiveChatbot } from "../live-chatbot.ts";
import type { IndexedCorpus } from "../open-chatbot.ts";
import type { ReindexFailure, Reindexing, ReindexStatus } from "../server/admin/reindexing.ts";
import type { IndexInProcessOptions } from "./index-in-process.ts";

export type ReindexerParts = {
  readonly live: LiveChatbot;
  /** Brings the index on disk up to date. */
  readonly index: (options: IndexInProcessOptions) => Promise<IndexedCorpus>;
  /** Opens what `index` made. */
  readonly open: (indexed: IndexedCorpus) => Promise<Edition>;
  /** Told of every run that ended well, and whether another edition answers now. */
  readonly onReport?: ((report: IndexReport, facts: { readonly replaced: boolean }) => void) | undefined;
  /** Told of every run that came to nothing. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  /** Milliseconds until a failed run is tried again; twice as long after each that follows. Default 2,000. */
  readonly retryMs?: number | undefined;
};

/** Milliseconds: a disk that is full for hours is looked at every five minutes. */
const LONGEST_RETRY = 5 * 60_000;

/**
 * Indexes what has changed and puts the new edition in the old one's place, one run after the other. Whatever fails, the edition
 * that answers goes on answering, and it is tried again.
 */
export class Reindexer implements Reindexing {
  readonly #parts: ReindexerParts;
  readonly #ending = new AbortController();
  #status: ReindexStatus = { state: "current" };
  #wanted = false;
  #running: Promise<void> | undefined;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(parts: ReindexerParts) {
    this.#parts = parts;
  }

  get status(): ReindexStatus {
    return this.#status;
  }

  request(): void {
    if (this.#ending.signal.aborted) return;
    this.#wanted = true;
    this.#running ??= this.#run();
  }

  /** Says that a request will follow. */
  expect(): void {
    if (!this.#running) this.#set("waiting");
  }

  /** Aborts a run that is going on, and resolves once nothing of it is left. */
  async close(): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#retry);
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#wanted && !this.#ending.signal.aborted) {
      this.#wanted = false;
      clearTimeout(this.#retry);
      try {
        const before = this.#parts.live.current;
        this.#succeed(await this.#renew(), { replaced: this.#parts.live.current !== before });
      } catch (error) {
        if (!this.#ending.signal.aborted) this.#fail(error);
      }
    }
    this.#running = undefined;
  }

  async #renew(): Promise<IndexReport> {
    const { live, index, open } = this.#parts;
    this.#set("indexing");
    const indexed = await index({
      signal: this.#ending.signal,
      onProgress: (progress) => this.#set("indexing", { progress }),
    });
    if (indexed.report.generation !== live.current.generation) {
      this.#set("opening");
      live.replace(await open(indexed));
    }
    return indexed.report;
  }

  #succeed(report: IndexReport, facts: { readonly replaced: boolean }): void {
    this.#failures = 0;
    this.#status = { state: "current", report: { ...report, at: new Date().toISOString() } };
    this.#parts.onReport?.(report, facts);
  }

  #fail(error: unknown): void {
    const { retryMs = 2_000, onFailure } = this.#parts;
    const wait = Math.min(LONGEST_RETRY, retryMs * 2 ** this.#failures++);
    this.#retry = setTimeout(() => this.request(), wait).unref();
    this.#set("failed", { failure: describe(error, wait) });
    onFailure?.(error);
  }

  #set(state: ReindexStatus["state"], facts: Partial<ReindexStatus> = {}): void {
    const { report, failure } = this.#status;
    this.#status = { state, report, failure, ...facts };
  }
}

function describe(error: unknown, wait: number): ReindexFailure {
  const now = Date.now();
  return {
    code: error instanceof WenjuError ? error.code : "INTERNAL",
    message: error instanceof Error ? error.message : String(error),
    at: new Date(now).toISOString(),
    retryAt: new Date(now + wait).toISOString(),
  };
}
