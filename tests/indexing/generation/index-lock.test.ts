import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lockIndex } from "../../../src/indexing/generation/index-lock.ts";
import { temporaryFolders } from "../../support/temporary-folder.ts";

describe("lockIndex", () => {
  const newFolder = temporaryFolders();

  it("lets one writer in and tells the other who holds the lock", async () => {
    const folder = await newFolder();
    const lock = await lockIndex(folder);
    await expect(lockIndex(folder)).rejects.toMatchObject({
      code: "INDEX_LOCKED",
      message: expect.stringContaining(`process ${process.pid} `),
    });
    await lock.release();
    await (await lockIndex(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it("lets exactly one of many in", async () => {
    const folder = await newFolder();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockIndex(folder)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("takes over the lock of a process that was killed", async () => {
    const folder = await newFolder();
    await writeLock(folder, { pid: await pidOfTheDead() });
    await (await lockIndex(folder)).release();
  });

  it("lets exactly one of many take over", async () => {
    const folder = await newFolder();
    await writeLock(folder, { pid: await pidOfTheDead() });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockIndex(folder)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it.skipIf(process.platform !== "linux")(
    "takes over a lock whose number now belongs to a process that began later",
    async () => {
      const folder = await newFolder();
      await writeLock(folder, { pid: process.pid, startedAt: "another-boot/1" });
      await (await lockIndex(folder)).release();
    },
  );

  it("respects the lock of a running process, and of another machine", async () => {
    const folder = await newFolder();
    await writeLock(folder, { pid: process.ppid });
    await expect(lockIndex(folder)).rejects.toMatchObject({ code: "INDEX_LOCKED" });
    await writeLock(folder, { pid: await pidOfTheDead(), host: "另一台机器" });
    await expect(lockIndex(folder)).rejects.toMatchObject({
      code: "INDEX_LOCKED",
      message: expect.stringMatching(/另一台机器.*remove .*lock/),
    });
  });

  it("waits for the content of a lock that was made just now, and not for ever", async () => {
    const folder = await newFolder();
    const file = join(folder, "lock");
    await writeFile(file, "");
    await expect(lockIndex(folder)).rejects.toMatchObject({ code: "INDEX_LOCKED" });
    await utimes(file, new Date(), new Date(Date.now() - 60_000));
    const lock = await lockIndex(folder);
    expect(await readFile(file, "utf8")).toContain(String(process.pid));
    await lock.release();
  });
});

async function writeLock(
  folder: string,
  holder: { pid: number; host?: string; startedAt?: string },
): Promise<void> {
  const content = JSON.stringify({ host: hostname(), startedAt: null, ...holder });
  await writeFile(join(folder, "lock"), content);
}

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid!;
}
