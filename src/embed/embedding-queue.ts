import { setMaxListeners } from "node:events";
import { WenjuError } from "../errors.ts";
import { EmbeddingProcess, ProcessDied, type ProcessLimits } from "./embedding-process.ts";
import type { EmbeddedBatch } from "./embedding-worker.ts";
import type { EmbedderSettings } from "./load-embedder.ts";

/** `query`: a reader waits. `documents`: part of a long run. */
export type Urgency = "query" | "documents";

type Job = {
  readonly texts: readonly string[];
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Queries that go to the process in one message, which costs as much as a short query itself: about as many as one question makes.
 * More would wait for each other.
 */
const MOST_QUERIES = 4;

/**
 * Runs batches one after the other in a process of its own; a query goes before every batch that has not begun. A process that dies is
 * replaced once for each message.
 */
export class EmbeddingQueue {
  readonly #settings: EmbedderSettings;
  readonly #limits: ProcessLimits;
  readonly #queries: Job[] = [];
  readonly #documents: Job[] = [];
  #process: EmbeddingProcess;
  #running = false;
  #closed = false;
  #restarts = 0;

  private constructor(settings: EmbedderSettings, limits: ProcessLimits, process: EmbeddingProcess) {
    this.#settings = settings;
    this.#limits = limits;
    this.#process = process;
  }

  /** Starts the process and loads the model. Throws `MODEL_INVALID` or `EMBEDDING_FAILED`. */
  static async open(settings: EmbedderSettings, limits: ProcessLimits = {}): Promise<EmbeddingQueue> {
    return new EmbeddingQueue(settings, limits, await startProcess(settings, limits));
  }

  get dimensions(): number {
    return this.#process.dimensions;
  }

  /** How often a process that died was replaced. */
  get restarts(): number {
    return this.#restarts;
  }

  /** The unit vectors of `texts`, one after the other. Throws `EMBEDDING_FAILED` or `ABORTED`. */
  async run(texts: readonly string[], urgency: Urgency, signal?: AbortSignal): Promise<Float32Array> {
    if (this.#closed) throw closedError();
    if (signal?.aborted) throw abortedError(signal);
    // every word of a question may wait under the same signal, more than Node takes for a leak
    if (signal) setMaxListeners(0, signal);
    const jobs = urgency === "query" ? this.#queries : this.#documents;
    let abort = () => {};
    try {
      return await new Promise<Float32Array>((resolve, reject) => {
        const job = { texts, resolve, reject };
        abort = () => {
          if (jobs.includes(job)) jobs.splice(jobs.indexOf(job), 1);
          reject(abortedError(signal));
        };
        signal?.addEventListener("abort", abort, { once: true });
        jobs.push(job);
        void this.#work();
      });
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of [...this.#queries.splice(0), ...this.#documents.splice(0)]) job.reject(closedError());
    await this.#process.stop();
  }

  async #work(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    await undefined; // what is asked for in the same turn goes together
    for (let jobs = this.#next(); jobs.length > 0; jobs = this.#next()) {
      try {
        const embedded = await this.#embed(jobs);
        for (const [i, job] of jobs.entries()) settle(job, embedded[i]!);
      } catch (error) {
        for (const { reject } of jobs) reject(error as WenjuError);
      }
    }
    this.#running = false;
  }

  #next(): Job[] {
    const queries = this.#queries.splice(0, MOST_QUERIES);
    return queries.length > 0 ? queries : this.#documents.splice(0, 1);
  }

  async #embed(jobs: readonly Job[]): Promise<readonly EmbeddedBatch[]> {
    const batches = jobs.map(({ texts }) => texts);
    try {
      return await this.#attempt(batches).catch((error: unknown) => {
        if (error instanceof ProcessDied && !this.#closed) return this.#attempt(batches);
        throw error;
      });
    } catch (cause) {
      if (this.#closed) throw closedError();
      if (cause instanceof WenjuError) throw cause;
      throw failedError(cause);
    }
  }

  async #attempt(batches: readonly (readonly string[])[]): Promise<readonly EmbeddedBatch[]> {
    if (!this.#process.alive) this.#process = await this.#restart();
    return this.#process.embed(batches);
  }

  async #restart(): Promise<EmbeddingProcess> {
    const replacement = await EmbeddingProcess.start(this.#settings, this.#limits);
    this.#restarts += 1;
    if (!this.#closed) return replacement;
    await replacement.stop();
    throw closedError();
  }
}

function settle({ resolve, reject }: Job, embedded: EmbeddedBatch): void {
  if ("vectors" in embedded) resolve(embedded.vectors);
  else reject(failedError(new Error(embedded.reason)));
}

async function startProcess(settings: EmbedderSettings, limits: ProcessLimits): Promise<EmbeddingProcess> {
  try {
    return await EmbeddingProcess.start(settings, limits);
  } catch (cause) {
    throw cause instanceof WenjuError ? cause : failedError(cause);
  }
}

function failedError(cause: unknown): WenjuError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const what = cause instanceof ProcessDied ? "The embedding worker died" : "The embedding model failed";
  return new WenjuError(
    "EMBEDDING_FAILED",
    `${what}: ${reason}. Ask again; if it stays so, see "npx wenju doctor".`,
    {
      cause,
    },
  );
}

function closedError(): WenjuError {
  return new WenjuError("EMBEDDING_FAILED", "The embedding model is closed. Open it again to embed more.");
}

function abortedError(signal: AbortSignal | undefined): WenjuError {
  return new WenjuError("ABORTED", "Embedding was aborted.", { cause: signal?.reason });
}
