import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { WenjuError } from "../../errors.ts";

/** Held while an index is written. */
export type IndexLock = { release(): Promise<void> };

const holderSchema = z.object({ pid: z.number().int(), host: z.string(), startedAt: z.string().nullable() });
type Holder = z.infer<typeof holderSchema>;

/** Tells apart two processes of the same number; `null` where the system does not say. */
const NOT_RUNNING = Symbol("not running");

/**
 * Makes this process the only writer of an index. A lock whose process has ended is taken over.
 * Throws `INDEX_LOCKED` with the number of the process that holds it.
 */
export async function lockIndex(indexFolder: string): Promise<IndexLock> {
  const file = join(indexFolder, "lock");
  const own = JSON.stringify(await describeSelf());
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(file, own)) return { release: () => rm(file, { force: true }) };
    const found = await readFile(file, "utf8").catch(() => undefined);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (!(await isStale(file, holder))) throw locked(file, holder);
    await removeStale(file, found);
  }
  throw locked(file, undefined);
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Only one process at a time may take a lock away, or one would take the lock that another has just made. */
async function removeStale(file: string, content: string): Promise<void> {
  const guard = `${file}.takeover`;
  if (!(await create(guard, ""))) {
    if (await isOld(guard)) await rm(guard, { force: true });
    return;
  }
  try {
    const now = await readFile(file, "utf8").catch(() => undefined);
    if (now === content) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function isStale(file: string, holder: Holder | undefined): Promise<boolean> {
  // between its creation and its content there is a moment
  if (!holder) return isOld(file);
  if (holder.host !== hostname()) return false;
  const startedAt = await startOf(holder.pid);
  if (startedAt === NOT_RUNNING) return true;
  return startedAt !== null && holder.startedAt !== null && startedAt !== holder.startedAt;
}

async function isOld(file: string): Promise<boolean> {
  const facts = await stat(file).catch(() => undefined);
  return facts !== undefined && Date.now() - facts.mtimeMs > 10_000;
}

function parseHolder(content: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
}

async function describeSelf(): Promise<Holder> {
  const startedAt = await startOf(process.pid);
  return { pid: process.pid, host: hostname(), startedAt: startedAt === NOT_RUNNING ? null : startedAt };
}

/** When a process was started, in the system's own words. */
async function startOf(pid: number): Promise<string | null | typeof NOT_RUNNING> {
  if (!isRunning(pid)) return NOT_RUNNING;
  try {
    // Linux: field 22 of stat, counted behind the name, which may hold anything
    const line = await readFile(`/proc/${pid}/stat`, "utf8");
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    return `${boot.trim()}/${line.slice(line.lastIndexOf(")") + 2).split(" ")[19]}`;
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

function locked(file: string, holder: Holder | undefined): WenjuError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : "another process";
  return new WenjuError(
    "INDEX_LOCKED",
    `The index is being written by ${who}. Wait for it; if it does not run any more, remove ${file}.`,
  );
}
