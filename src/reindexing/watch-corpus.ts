import { realpath } from "node:fs/promises";
import { relative, sep } from "node:path";
import { watch } from "chokidar";

export type WatchCorpusOptions = {
  /** Called at the first change after a quiet time. */
  readonly onChange?: (() => void) | undefined;
  /** Called once files have changed and been quiet since. */
  readonly onQuiet: () => void;
  /** Told of what cannot be watched, such as a folder beyond the system's number of watches. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Milliseconds without a change that are quiet. Default 1,000. */
  readonly quietMs?: number | undefined;
};

/** Milliseconds: a file that never rests must not keep the others from being indexed. */
const LONGEST_WAIT = 30_000;

/**
 * Watches the files of a corpus folder, links and dot files aside. Resolves once it does. Throws what the file system says of a
 * folder that is not there.
 */
export async function watchCorpus(
  folder: string,
  options: WatchCorpusOptions,
): Promise<{ close(): Promise<void> }> {
  const root = await realpath(folder);
  const quiet = new QuietTime(options);
  const watcher = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => isHidden(relative(root, path)),
  });
  watcher.on("all", () => quiet.disturb());
  watcher.on("error", (error) => options.onError?.(error));
  await new Promise<void>((resolve) => {
    watcher.once("ready", () => resolve());
    watcher.once("error", () => resolve()); // what cannot be watched may never be ready
  });
  return {
    close: async () => {
      quiet.end();
      await watcher.close();
    },
  };
}

function isHidden(path: string): boolean {
  return path.split(sep).some((step) => step.startsWith("."));
}

/** Waits until nothing has happened for a while. */
class QuietTime {
  readonly #options: WatchCorpusOptions;
  #timer: NodeJS.Timeout | undefined;
  #disturbedAt: number | undefined;

  constructor(options: WatchCorpusOptions) {
    this.#options = options;
  }

  disturb(): void {
    const { quietMs = 1_000, onChange } = this.#options;
    const now = performance.now();
    if (this.#disturbedAt === undefined) onChange?.();
    this.#disturbedAt ??= now;
    clearTimeout(this.#timer);
    const wait = Math.min(quietMs, Math.max(0, this.#disturbedAt + LONGEST_WAIT - now));
    this.#timer = setTimeout(() => this.#settle(), wait);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #settle(): void {
    this.#disturbedAt = undefined;
    this.#options.onQuiet();
  }
}
