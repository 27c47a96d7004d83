import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { Socket } from "node:net";
import { childEnvironment } from "../child-environment.ts";
import { WenjuError } from "../errors.ts";
import type { EmbeddedBatch, WorkerReply, WorkerRequest } from "./embedding-worker.ts";
import type { EmbedderSettings } from "./load-embedder.ts";

/** The process ended while it was needed: the same batch may succeed in another one. */
export class ProcessDied extends Error {
  override readonly name = "ProcessDied";
}

export type ProcessLimits = {
  /**
   * Milliseconds that loading the model or a batch may take; then the process hangs, and is ended. Default 60,000: a full batch
   * takes a large model on a slow machine a few seconds.
   */
  readonly hangsAfterMs?: number | undefined;
};

type Waiting = {
  readonly id: number;
  readonly resolve: (batches: readonly EmbeddedBatch[]) => void;
  readonly reject: (error: Error) => void;
};

/**
 * A child process that holds a loaded model. It takes one message at a time.
 *
 * Not a thread: onnxruntime cannot be loaded again by a process in which a thread that had it ended, so that a dead thread
 * could never be replaced; and a fault in native code ends this process alone.
 */
export class EmbeddingProcess {
  readonly dimensions: number;
  readonly #child: ChildProcess;
  readonly #hangsAfterMs: number;
  #waiting: Waiting | undefined;
  #death: string | undefined;
  #messages = 0;
  #stopping = false;

  private constructor(child: ChildProcess, dimensions: number, hangsAfterMs: number) {
    this.dimensions = dimensions;
    this.#child = child;
    this.#hangsAfterMs = hangsAfterMs;
    child.on("message", (reply: WorkerReply) => this.#settle(reply));
    whenDead(child, (reason) => this.#die(reason));
    keepAlive(child, false);
  }

  /** Starts a process and loads the model in it. Throws `MODEL_INVALID` when it cannot be loaded, else `ProcessDied`. */
  static async start(
    settings: EmbedderSettings,
    { hangsAfterMs = 60_000 }: ProcessLimits = {},
  ): Promise<EmbeddingProcess> {
    const child = fork(workerFile(), {
      serialization: "advanced",
      // a debugger's or a test runner's flags are not for it
      execArgv: [],
      env: childEnvironment(),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    try {
      const dimensions = await endIfHanging(child, hangsAfterMs, whenReady(child, settings));
      return new EmbeddingProcess(child, dimensions, hangsAfterMs);
    } catch (error) {
      await kill(child);
      throw error;
    }
  }

  get alive(): boolean {
    return this.#death === undefined;
  }

  /** What becomes of each batch, as if it were the only one. Rejects with `ProcessDied`. */
  async embed(batches: readonly (readonly string[])[]): Promise<readonly EmbeddedBatch[]> {
    if (this.#death !== undefined) throw new ProcessDied(this.#death);
    const id = ++this.#messages;
    keepAlive(this.#child, true);
    try {
      const embedded = new Promise<readonly EmbeddedBatch[]>((resolve, reject) => {
        this.#waiting = { id, resolve, reject };
        // a failure to send is followed by the child's end, which rejects
        this.#child.send({ id, batches } satisfies WorkerRequest, () => {});
      });
      return await endIfHanging(this.#child, this.#hangsAfterMs, embedded);
    } finally {
      this.#waiting = undefined;
      // a batch that ends while its process is being stopped must not let this one end before
      if (!this.#stopping) keepAlive(this.#child, false);
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await kill(this.#child);
  }

  #settle(reply: WorkerReply): void {
    const waiting = this.#waiting;
    if (waiting && reply.type === "done" && reply.id === waiting.id) waiting.resolve(reply.batches);
  }

  #die(reason: string): void {
    this.#death ??= reason;
    this.#waiting?.reject(new ProcessDied(this.#death));
  }
}

function whenReady(child: ChildProcess, settings: EmbedderSettings): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    whenDead(child, (reason) => reject(new ProcessDied(reason)));
    child.once("message", (reply: WorkerReply) => {
      if (reply.type === "ready") resolve(reply.dimensions);
      else if (reply.type === "unusable") {
        const message = `The model in ${settings.folder} cannot be loaded: ${reply.reason}`;
        reject(new WenjuError("MODEL_INVALID", message));
      }
    });
    child.send(settings, () => {});
  });
}

/** A process that does not get on with its work is as good as dead; its end rejects the work. */
async function endIfHanging<T>(child: ChildProcess, milliseconds: number, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

/** Calls back once the process has ended or could not be started, with the reason and the end of what it said. */
function whenDead(child: ChildProcess, callback: (reason: string) => void): void {
  let said = "";
  child.stderr?.on("data", (data: Buffer) => {
    said = (said + data.toString()).slice(-300);
  });
  child.once("error", (error) => callback(error.message));
  child.once("close", (code, signal) => {
    callback([signal ?? `exit code ${code}`, said.trim()].filter(Boolean).join(": "));
  });
}

/** An idle child must not keep this process alive; a working one must. */
function keepAlive(child: ChildProcess, needed: boolean): void {
  const pipe = child.stderr instanceof Socket ? child.stderr : undefined;
  for (const handle of [child, child.channel, pipe]) {
    if (needed) handle?.ref();
    else handle?.unref();
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.ref();
  // it holds nothing that could be lost
  child.kill("SIGKILL");
  await gone;
}

/** The compiled file, also for code that runs from `src/`: Node runs no TypeScript by itself. */
function workerFile(): string {
  try {
    return createRequire(import.meta.url).resolve("#embedding-worker");
  } catch (cause) {
    throw new WenjuError(
      "EMBEDDING_FAILED",
      'The compiled embedding worker is missing. Run "npm run build" first.',
      { cause },
    );
  }
}
