import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { childrenOf } from "../support/serving.ts";

/** Bytes that a process has read from files, pipes and sockets since it began. Linux only. */
export async function bytesRead(pid: number): Promise<number> {
  return Number(/^rchar: (\d+)/m.exec(await readFile(`/proc/${pid}/io`, "utf8"))?.[1]);
}

/** Until a process has read nothing for a quarter of a second; a server looks at its articles after it has begun to answer. */
export async function untilItReadsNothing(pid: number): Promise<void> {
  for (let tries = 0, before = -1; tries < 40; tries++, await delay(250)) {
    const read = await bytesRead(pid);
    if (read === before) return;
    before = read;
  }
  throw new Error(`Process ${pid} has not stopped reading for ten seconds.`);
}

/** Seconds of processor time that a process has taken. Linux only, where a tick is ten milliseconds. */
export async function processorSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** How many files and sockets a process has open. Linux only. */
export async function openFiles(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

/** The process that a server runs its model in; undefined while there is none. Linux only. */
export async function modelProcess(pid: number): Promise<number | undefined> {
  for (const child of await childrenOf(pid)) {
    const command = await readFile(`/proc/${child}/cmdline`, "utf8").catch(() => "");
    if (command.includes("embedding-worker")) return child;
  }
  return undefined;
}
