import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { WenjuError } from "../../errors.ts";

/** Writes a new file; it is on the disk when this returns. */
export async function writeDurably(file: string, bytes: Uint8Array | string, mode = 0o666): Promise<void> {
  const handle = await open(file, "wx", mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Replaces a file: whoever opens it, at any moment and after any crash, gets the old or the new content, whole. */
export async function replaceDurably(file: string, bytes: Uint8Array | string, mode?: number): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await writeDurably(draft, bytes, mode);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes new names in a folder outlive a crash. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a failed write means to the one who runs it; errors of other kinds come back as they are. */
export function describeWriteError(error: unknown, folder: string): unknown {
  if (error instanceof WenjuError || !(error instanceof Error) || !("code" in error)) return error;
  const advice = ADVICE[String(error.code)];
  if (!advice) return error;
  return new WenjuError(
    "INDEX_NOT_WRITABLE",
    `The index folder ${folder} cannot be written: ${error.message}. ${advice}`,
    { cause: error },
  );
}

const RIGHTS = "Check its permissions, or name another folder with --index.";
const SPACE = 'Free some space and run "npx wenju index" again; the index that was there is unharmed.';
const DISK = "Check the disk, or name another folder with --index; the index that was there is unharmed.";
const PLACE = "Name another folder with --index.";

const ADVICE: Readonly<Record<string, string>> = {
  EACCES: RIGHTS,
  EPERM: RIGHTS,
  EROFS: RIGHTS,
  ENOSPC: SPACE,
  EDQUOT: SPACE,
  EFBIG: SPACE,
  EIO: DISK,
  ENOTDIR: PLACE,
  EEXIST: PLACE,
  ENOENT: PLACE,
  ELOOP: PLACE,
  ENAMETOOLONG: PLACE,
};
