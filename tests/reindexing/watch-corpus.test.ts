import { appendFile, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { watchCorpus } from "../../src/reindexing/watch-corpus.ts";
import { folderWith } from "../support/servers/served-chatbot.ts";

async function watched(files: Readonly<Record<string, string>> = { "a.txt": "甲" }) {
  const folder = await folderWith(files);
  const seen = { changes: 0, quiet: 0 };
  const watcher = await watchCorpus(folder, {
    onChange: () => seen.changes++,
    onQuiet: () => seen.quiet++,
    quietMs: 100,
  });
  onTestFinished(() => watcher.close());
  return { folder, seen, watcher };
}

/** Long after any event would have come. */
const WHILE = 600;

describe("the watch over a corpus folder", () => {
  it.each([
    ["added", (folder: string) => writeFile(join(folder, "b.txt"), "乙")],
    ["edited", (folder: string) => appendFile(join(folder, "a.txt"), "乙")],
    ["renamed", (folder: string) => rename(join(folder, "a.txt"), join(folder, "b.txt"))],
    ["deleted", (folder: string) => rm(join(folder, "a.txt"))],
    [
      "put into a new folder",
      async (folder: string) => {
        await mkdir(join(folder, "2024"));
        await writeFile(join(folder, "2024", "b.txt"), "乙");
      },
    ],
  ])("sees a file that is %s", async (_what, change) => {
    const { folder, seen } = await watched();
    await change(folder);
    await expect.poll(() => seen.quiet, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(seen.changes).toBeGreaterThan(0);
  });

  it("waits until files rest: many changes in a row are one", async () => {
    const { folder, seen } = await watched();
    for (let i = 0; i < 20; i++) await writeFile(join(folder, `${i}.txt`), "字");
    await expect.poll(() => seen.quiet, { timeout: 10_000 }).toBeGreaterThan(0);
    await delay(WHILE);
    expect(seen.quiet).toBeLessThan(5);
  });

  it("sees nothing in dot files, and nothing behind links", async () => {
    const outside = await folderWith({ "c.txt": "丙" });
    const { folder, seen } = await watched({ "a.txt": "甲", ".git/config": "x" });
    await writeFile(join(folder, ".a.txt.swp"), "甲");
    await writeFile(join(folder, ".git", "config"), "y");
    await delay(WHILE);
    expect(seen).toEqual({ changes: 0, quiet: 0 });
    await symlink(outside, join(folder, "link"));
    await expect.poll(() => seen.quiet, { timeout: 10_000 }).toBeGreaterThan(0);
    await delay(WHILE);
    const before = seen.quiet;
    await appendFile(join(outside, "c.txt"), "丙");
    await delay(WHILE);
    expect(seen.quiet).toBe(before);
  });

  it("ends when it is closed", async () => {
    const { folder, seen, watcher } = await watched();
    await writeFile(join(folder, "b.txt"), "乙");
    await watcher.close();
    await delay(WHILE);
    expect(seen.quiet).toBe(0);
  });
});
