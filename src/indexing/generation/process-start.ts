import { readFile } from "node:fs/promises";

export const NOT_RUNNING = Symbol("not running");

/**
 * When a process was started, in the system's own words: tells apart two processes of the same number. `null` where the system does
 * not say.
 */
export async function startOf(pid: number): Promise<string | null | typeof NOT_RUNNING> {
  if (!isRunning(pid)) return NOT_RUNNING;
  try {
    // Linux: behind the name, which may hold anything, the state comes first, and the start is the 20th
    const line = await readFile(`/proc/${pid}/stat`, "utf8");
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    // it has ended, and its parent has not looked yet
    if (fields[0] === "Z" || fields[0] === "X") return NOT_RUNNING;
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    return `${boot.trim()}/${fields[19]}`;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // it runs, and belongs to somebody else
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
