import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import { readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { isLockLeftover, lockIndex } from "../../../src/indexing/generation/index-lock.ts";
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

  it.each([1, 2, 3])("takes over what %i killed takeovers left, and clears it away", async (depth) => {
    const folder = await newFolder();
    let name = "lock";
    for (let i = 0; i <= depth; i++) {
      const content = await writeLock(folder, { pid: await pidOfTheDead(), nonce: String(i) }, name);
      name += `.${createHash("sha256").update(content).digest("hex").slice(0, 12)}`;
    }
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockIndex(folder)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await readdir(folder)).filter((name) => !isLockLeftover(name))).toEqual(["lock"]);
  });

  it("leaves the lock of another alone when its own was removed by hand", async () => {
    const folder = await newFolder();
    const lock = await lockIndex(folder);
    await rm(join(folder, "lock"));
    const other = await lockIndex(folder);
    await lock.release();
    await expect(lockIndex(folder)).rejects.toMatchObject({ code: "INDEX_LOCKED" });
    await other.release();
  });

  it.skipIf(process.platform !== "linux")(
    "takes over the lock of a process that has ended while its parent still counts it",
    async () => {
      const folder = await newFolder();
      // the shell becomes a sleeper, which never asks what became of the child: that ends only then, or the shell would ask
      const untilSleeper = "while grep -q sh /proc/$$/comm; do sleep 0.01; done";
      const parent = spawn("sh", ["-c", `(${untilSleeper}) & echo $!; exec sleep 60`]);
      try {
        const [line] = (await once(parent.stdout, "data")) as [Buffer];
        const pid = Number(line.toString());
        await untilZombie(pid);
        await writeLock(folder, { pid });
        await (await lockIndex(folder)).release();
      } finally {
        parent.kill("SIGKILL");
      }
    },
  );

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

  it("leaves a lock alone that is made just now, where one without content was too old", async () => {
    const folder = await newFolder();
    const file = join(folder, "lock");
    await writeFile(file, "");
    await utimes(file, new Date(), new Date(Date.now() - 60_000));
    const { stat } = fs.promises;
    replaceInNode({
      stat: async (path) => {
        replaceInNode({ stat });
        const facts = await stat(path);
        // between the look and the claim another takes it over, is done, and a third begins to make its own
        await rm(file);
        await writeFile(file, "");
        return facts;
      },
    });
    await expect(lockIndex(folder)).rejects.toMatchObject({ code: "INDEX_LOCKED" });
    expect(await readFile(file, "utf8")).toBe("");
    expect(await readdir(folder)).toEqual(["lock"]);
  });
});

/** Puts itself between this process and its disk. */
function replaceInNode(functions: { stat: (path: string) => Promise<unknown> }): void {
  Object.assign(fs.promises, functions);
  syncBuiltinESMExports();
}

async function writeLock(
  folder: string,
  holder: { pid: number; host?: string; startedAt?: string; nonce?: string },
  name = "lock",
): Promise<string> {
  const content = JSON.stringify({ host: hostname(), startedAt: null, ...holder });
  await writeFile(join(folder, name), content);
  return content;
}

async function untilZombie(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (/\) Z /.test(await readFile(`/proc/${pid}/stat`, "utf8"))) return;
    await setTimeout(20);
  }
  throw new Error(`process ${pid} does not end`);
}

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid!;
}
