import { type ChildProcess, spawn } from "node:child_process";
import type { DiskPlan } from "../disk/watched-disk.ts";
import { bundleProcess, type ProcessFile } from "./bundle-process.ts";

/** What a process of its own is to index, and what happens to its disk. */
export type SmallRun = {
  readonly corpusFolder: string;
  readonly indexFolder: string;
  readonly vectors: string;
  readonly plan?: DiskPlan;
};

/**
 * Starts processes that do what `wenju index` does, with recorded vectors: hundreds of them, each in a few tenths of a second. One that
 * gives notice of a step waits for a byte on its stdin.
 */
export class SmallRuns {
  readonly #file: ProcessFile;

  private constructor(file: ProcessFile) {
    this.#file = file;
  }

  static async open(): Promise<SmallRuns> {
    return new SmallRuns(await bundleProcess("small-run-process"));
  }

  start(run: SmallRun): ChildProcess {
    const args = [...SHORT_LIVED, this.#file.path, JSON.stringify(run)];
    return spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  }

  close(): Promise<void> {
    return this.#file.remove();
  }
}

/** Making code faster does not pay in half a second, nor does collecting what is thrown away. */
const SHORT_LIVED = ["--no-opt", "--max-semi-space-size=64"];
