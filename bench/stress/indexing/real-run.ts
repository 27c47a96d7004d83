import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DiskPlan, DiskStep } from "../disk/watched-disk.ts";
import { MAIN } from "../support/serving.ts";

/** Starts the real `wenju index` on watched disks. */
export class RealRuns {
  readonly #preload: string;
  readonly #folder: string;
  #reports = 0;

  private constructor(folder: string, preload: string) {
    this.#folder = folder;
    this.#preload = preload;
  }

  /** `folder` holds what they need. */
  static async in(folder: string): Promise<RealRuns> {
    // loaded here alone: every process of a script begins with all that its file imports
    const { build } = await import("esbuild");
    const preload = join(folder, "preload.mjs");
    await build({
      entryPoints: ["bench/stress/disk/preload-watched-disk.ts"],
      outfile: preload,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
    });
    return new RealRuns(folder, preload);
  }

  start(corpusFolder: string, indexFolder: string, plan: DiskPlan, command = "index"): RealRun {
    const report = join(this.#folder, `report-${this.#reports++}.json`);
    const args = [command, "--corpus", corpusFolder, "--index", indexFolder];
    const child = spawn(process.execPath, ["--import", pathToFileURL(this.#preload).href, MAIN, ...args], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, LC_ALL: "C", PLAN: JSON.stringify(plan), REPORT: report },
    });
    return new RealRun(child, report);
  }
}

export class RealRun {
  readonly child: ChildProcess;
  /** Resolves once it has ended: its exit code, or the signal that killed it. */
  readonly ended: Promise<number | string>;
  readonly #report: string;
  #said = "";

  constructor(child: ChildProcess, report: string) {
    this.child = child;
    this.#report = report;
    child.stderr?.on("data", (data: Buffer) => {
      this.#said += data.toString();
    });
    this.ended = new Promise((resolve) =>
      child.once("close", (code, signal) => resolve(signal ?? code ?? -1)),
    );
  }

  /** What it wrote to stderr so far. */
  get said(): string {
    return this.#said;
  }

  /** Resolves once it has written such a thing; false where it ends before. */
  async says(pattern: RegExp): Promise<boolean> {
    while (!pattern.test(this.#said)) {
      const more = new Promise((resolve) => this.child.stderr?.once("data", resolve));
      const over = this.ended.then(() => "over");
      if ((await Promise.race([more, over])) === "over") return pattern.test(this.#said);
    }
    return true;
  }

  /** What it did to its disk. It must have ended by itself. */
  async steps(): Promise<DiskStep[]> {
    return JSON.parse(await readFile(this.#report, "utf8")) as DiskStep[];
  }
}
