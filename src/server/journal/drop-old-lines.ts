import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { syncFolder } from "../../indexing/generation/durable-files.ts";

/** What was written to the old file while it was being replaced. */
export type LateLines = {
  /** Waits for those who had opened the old file before it was replaced; no longer than until `signal` fires. */
  read(signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
};

/**
 * Replaces a journal, by an atomic rename, with one that has no lines from before `oldest` (milliseconds since 1970). Lines without a
 * time go too: nobody could say when to drop them. Returns undefined where nothing was to be dropped, or another process is doing it.
 */
export async function dropOldLines(path: string, oldest: number): Promise<LateLines | undefined> {
  const source = await openIfThere(path);
  if (!source) return undefined;
  const draftPath = `${path}.draft`;
  let replaced = false;
  try {
    const draft = await openDraft(draftPath);
    if (!draft) return undefined;
    try {
      // a rival may have replaced the file before we had the draft: only the one that is in place now counts
      if (!(await isInPlace(source, path))) return undefined;
      const { end, dropped } = await copyYoungLines(source, draft, oldest);
      if (dropped === 0) return undefined;
      await draft.sync();
      await rename(draftPath, path);
      replaced = true;
      await syncFolder(dirname(path));
      return lateLines(source, end);
    } finally {
      await draft.close();
      if (!replaced) await rm(draftPath, { force: true });
    }
  } finally {
    if (!replaced) await source.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Whoever makes this file is the only one who replaces the journal; a draft that was left behind by a killed process is removed. */
async function openDraft(path: string): Promise<FileHandle | undefined> {
  const facts = await stat(path).catch(() => undefined);
  if (facts && Date.now() - facts.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  try {
    return await open(path, "wx", 0o600);
  } catch (error) {
    if (hasCode(error, "EEXIST")) return undefined;
    throw error;
  }
}

/** Writing 64 MB takes seconds. */
const ABANDONED_AFTER_MS = 10 * 60 * 1000;

async function isInPlace(file: FileHandle, path: string): Promise<boolean> {
  const [opened, named] = await Promise.all([file.stat(), stat(path).catch(() => undefined)]);
  return named !== undefined && opened.ino === named.ino && opened.dev === named.dev;
}

/** Bytes read at once: a server that answers meanwhile is held up for a millisecond or two at a time. */
const PIECE = 256 * 1024;

/** Copies whole lines only; `end` is where the last of them ends. */
async function copyYoungLines(
  source: FileHandle,
  draft: FileHandle,
  oldest: number,
): Promise<{ end: number; dropped: number }> {
  let dropped = 0;
  let read = 0;
  let rest = Buffer.alloc(0);
  for (;;) {
    const { bytesRead, buffer } = await source.read(Buffer.alloc(PIECE), 0, PIECE, read);
    if (bytesRead === 0) return { end: read - rest.length, dropped };
    read += bytesRead;
    const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    const end = bytes.lastIndexOf(0x0a) + 1;
    const lines = bytes.toString("utf8", 0, end).split("\n").slice(0, -1);
    const young = lines.filter((line) => isFrom(line, oldest));
    dropped += lines.length - young.length;
    await draft.appendFile(young.map((line) => `${line}\n`).join(""));
    rest = bytes.subarray(end);
  }
}

/** A time that no date can be made of compares with nothing. */
function isFrom(line: string, oldest: number): boolean {
  const [, at = ""] = /^\{"at":"([^"]{1,40})"/.exec(line) ?? [];
  return Date.parse(at) >= oldest;
}

/** An append opens the file, writes and closes it, all within milliseconds: after this long, none that began before is left. */
const GRACE_MS = 1_000;

function lateLines(source: FileHandle, end: number): LateLines {
  return {
    async read(signal) {
      await setTimeout(GRACE_MS, undefined, { signal }).catch(() => undefined);
      const { size } = await source.stat();
      const { buffer, bytesRead } = await source.read(Buffer.alloc(size - end), 0, size - end, end);
      return buffer.toString("utf8", 0, bytesRead);
    },
    close: () => source.close(),
  };
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
