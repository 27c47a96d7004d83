import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import type { DiskPlan } from "./watched-disk.ts";

/** What a process of its own is to index, and what happens to its disk. */
export type SmallRun = {
  readonly corpusFolder: string;
  readonly indexFolder: string;
  readonly vectors: string;
  readonly plan?: DiskPlan;
};

/** Starts processes that do what `wenju index` does, with recorded vectors: hundreds of them, each in a few tenths of a second. */
export class SmallRuns {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  static async open(): Promise<SmallRuns> {
    // loaded here alone: it takes a while
    const { build } = await import("esbuild");
    // beside the scripts, for what is native has to be found from there; all else is in one file, which loads faster
    const file = `dist/stress/small-run-${process.pid}.mjs`;
    await build({
      entryPoints: ["bench/stress/support/small-run-process.ts"],
      outfile: file,
      bundle: true,
      minify: true,
      platform: "node",
      format: "esm",
      external: ["hnswlib-node", "@node-rs/jieba", "#embedding-worker"],
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    });
    return new SmallRuns(file);
  }

  start(run: SmallRun): ChildProcess {
    return spawn(process.execPath, [this.#file, JSON.stringify(run)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
  }

  async close(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}
