import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { lockIndex } from "../../../src/indexing/generation/index-lock.ts";
import { NOT_RUNNING, startOf } from "../../../src/indexing/generation/process-start.ts";
import { temporaryFolders } from "../../support/temporary-folder.ts";

describe.skipIf(process.platform !== "linux")("startOf", () => {
  const newFolder = temporaryFolders();
  const { readFile } = fs.promises;
  afterEach(() => readWith(readFile));

  it("says the same of a process each time, and something else of another", async () => {
    const start = await startOf(process.pid);
    expect(start).toMatch(/^[0-9a-f-]{36}\/\d+$/);
    expect(await startOf(process.pid)).toBe(start);
    expect(await startOf(process.ppid)).not.toBe(start);
  });

  it("says that a process does not run which goes while it is looked at", async () => {
    const child = await sleeper();
    readWith(async (path) => {
      await kill(child);
      return readFile(path, "utf8");
    });
    expect(await startOf(child.pid!)).toBe(NOT_RUNNING);
  });

  it("leaves the lock to a killed process whose first thread is dead while others end", async () => {
    const folder = await newFolder();
    const child = await sleeper();
    const startedAt = await startOf(child.pid!);
    const holder = { pid: child.pid, host: hostname(), startedAt };
    await fs.promises.writeFile(join(folder, "lock"), JSON.stringify(holder));
    // what Linux says between the death of the first thread and the last, which nobody can hold up
    readWith(async (path) => (await readFile(path, "utf8")).replace(/\) \w /, ") Z "));
    try {
      expect(await startOf(child.pid!)).toBe(startedAt);
      await expect(lockIndex(folder)).rejects.toMatchObject({ code: "INDEX_LOCKED" });
    } finally {
      await kill(child);
    }
    await (await lockIndex(folder)).release();
  });
});

/** Puts itself between what this process reads of others and the system. */
function readWith(read: (path: string) => Promise<unknown>): void {
  Object.assign(fs.promises, { readFile: read });
  syncBuiltinESMExports();
}

/** Node has several threads, from its beginning to its end. */
async function sleeper(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", "console.log(1); setInterval(() => {}, 1000)"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout!, "data");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}
