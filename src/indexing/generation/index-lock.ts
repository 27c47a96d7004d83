import { createHash, randomBytes } from "node:crypto";
import { link, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { WenjuError } from "../../errors.ts";
import { NOT_RUNNING, startOf } from "./process-start.ts";

/** Held while an index is written. */
export type IndexLock = { release(): Promise<void> };

const holderSchema = z.object({ pid: z.number().int(), host: z.string(), startedAt: z.string().nullable() });
type Holder = z.infer<typeof holderSchema>;

/**
 * Makes this process the only writer of an index. A lock whose process has ended is taken over.
 * Throws `INDEX_LOCKED` with the number of the process that holds it.
 */
export async function lockIndex(indexFolder: string): Promise<IndexLock> {
  const file = join(indexFolder, LOCK);
  const own = JSON.stringify(await describeSelf());
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await acquire(file, own)) return { release: () => release(file, own) };
    const holder = parseHolder(await read(file));
    if (holder && !(await hasEnded(holder))) throw locked(file, holder);
    // somebody is taking it over: soon it will say who
    await setTimeout(10 * attempt);
  }
  throw locked(file, parseHolder(await read(file)));
}

const LOCK = "lock";
const ATTEMPTS = 5;

/** What a process that was killed while it locked an index may have left beside the lock. Only who has locked it may remove them. */
export function isLockLeftover(name: string): boolean {
  return name !== LOCK && /^lock(\.[0-9a-f]{12})*(\.[0-9a-f]{8}\.tmp)?$/.test(name);
}

/**
 * Makes the file, or takes it from a process that has ended; false where a living one has it. Taking needs a claim, whose name tells
 * what is to be taken: whoever holds it is the only one who may replace exactly this content, for no two locks have the same. A claim
 * is a lock itself, so that it does not matter where a process is killed.
 */
async function acquire(file: string, own: string): Promise<boolean> {
  if (await create(file, own)) return true;
  const found = await read(file);
  if (found === undefined || !(await isStale(file, found))) return false;
  const claim = `${file}.${createHash("sha256").update(found).digest("hex").slice(0, 12)}`;
  if (!(await acquire(claim, own))) return false;
  // without hard links a lock begins empty, and this one, that looks the same, may be another's who has just begun
  if ((await read(file)) === found && (await isStale(file, found))) {
    await rename(claim, file);
    return true;
  }
  await rm(claim, { force: true });
  return false;
}

/** Another's lock stays: somebody may have removed ours by hand. */
async function release(file: string, own: string): Promise<void> {
  if ((await read(file)) === own) await rm(file, { force: true });
}

/** Makes a file that nobody sees without its content; false where there is one. */
async function create(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await writeFile(draft, content, { flag: "wx" });
    return await name(draft, file, content);
  } finally {
    // a draft that stays is cleared away by whoever writes next; it must not make a lock that was taken a failure
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function name(draft: string, file: string, content: string): Promise<boolean> {
  try {
    await link(draft, file).catch((error: unknown) => {
      if (!hasCode(error, NO_LINKS)) throw error;
      return writeFile(file, content, { flag: "wx" });
    });
    return true;
  } catch (error) {
    // ENOENT: the one who has the lock has tidied the draft away
    if (hasCode(error, ["EEXIST", "ENOENT"])) return false;
    throw error;
  }
}

/** What file systems without hard links say. */
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

async function isStale(file: string, content: string): Promise<boolean> {
  const holder = parseHolder(content);
  // without hard links there is a moment between a file and its content
  return holder ? hasEnded(holder) : isOld(file);
}

async function hasEnded({ pid, host, startedAt }: Holder): Promise<boolean> {
  if (host !== hostname()) return false;
  const now = await startOf(pid);
  if (now === NOT_RUNNING) return true;
  return now !== null && startedAt !== null && now !== startedAt;
}

async function isOld(file: string): Promise<boolean> {
  const facts = await stat(file).catch(() => undefined);
  return facts !== undefined && Date.now() - facts.mtimeMs > 10_000;
}

function read(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}

function parseHolder(content: string | undefined): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(content ?? ""));
  } catch {
    return undefined;
  }
}

async function describeSelf(): Promise<Holder & { nonce: string }> {
  const startedAt = await startOf(process.pid);
  return {
    pid: process.pid,
    host: hostname(),
    startedAt: startedAt === NOT_RUNNING ? null : startedAt,
    nonce: randomBytes(8).toString("hex"),
  };
}

function locked(file: string, holder: Holder | undefined): WenjuError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : "another process";
  return new WenjuError(
    "INDEX_LOCKED",
    `The index is being written by ${who}. Wait for it; if it does not run any more, remove ${file}.`,
  );
}
