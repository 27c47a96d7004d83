import { readFile } from "node:fs/promises";

export const NOT_RUNNING = Symbol("not running");

/**
 * When a process was started, in the system's own words: tells apart two processes of the same number. `null` where the system does
 * not say.
 */
export async function startOf(pid: number): Promise<string | null | typeof NOT_RUNNING> {
  if (!isRunning(pid)) return NOT_RUNNING;
  try {
    const { hasEnded, start } = parseStat(await readFile(`/proc/${pid}/stat`, "utf8"));
    if (hasEnded) return NOT_RUNNING;
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    return `${boot.trim()}/${start}`;
  } catch {
    // it may have gone between the two looks
    return isRunning(pid) ? null : NOT_RUNNING;
  }
}

/**
 * What Linux tells of a process in one line (proc_pid_stat(5)). A process that was killed has ended only with the last of its threads:
 * one of them may be in the midst of removing or renaming a file, which is done to its end, while the first, whose state this is,
 * is dead already.
 */
function parseStat(line: string): { readonly hasEnded: boolean; readonly start: string | undefined } {
  // behind the name, which may hold anything
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [state, threads, start] = [fields[0], Number(fields[17]), fields[19]];
  // Z: its parent has not looked yet; the first thread then is the only one left
  return { hasEnded: state === "X" || (state === "Z" && threads <= 1), start };
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
