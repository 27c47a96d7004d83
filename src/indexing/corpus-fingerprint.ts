import { stat } from "node:fs/promises";
import { join } from "node:path";
import { listFiles } from "../corpus/list-files.ts";
import { WORD_LIST } from "../corpus/word-list.ts";
import { hashFile } from "../embed/hash-file.ts";
import type { FileFingerprint } from "./generation/generation.ts";

/** Files that count although they give no article. */
const OTHER_FILES = [WORD_LIST];

/** A file changed so lately that it may change again within the same tick of the file system's clock. In milliseconds. */
const TOO_LATE = 2000;

/** What every file of the corpus is, to tell later whether it is still the same. */
export async function fingerprintCorpus(folder: string, now = Date.now()): Promise<FileFingerprint[]> {
  const prints: FileFingerprint[] = [];
  for (const path of await paths(folder)) {
    const facts = await stat(join(folder, path)).catch(() => undefined);
    if (!facts) continue;
    prints.push({
      path,
      bytes: facts.size,
      modifiedAt: now - facts.mtimeMs < TOO_LATE ? 0 : facts.mtimeMs,
      sha256: await hash(join(folder, path)),
    });
  }
  return prints;
}

/** Whether the corpus is what it was. Reads only files whose date has changed. */
export async function isCorpusUnchanged(
  folder: string,
  prints: readonly FileFingerprint[],
): Promise<boolean> {
  const before = new Map(prints.map((print) => [print.path, print]));
  const now = await paths(folder);
  for (const path of now) {
    const print = before.get(path);
    if (!print || !(await isUnchanged(join(folder, path), print))) return false;
  }
  return now.length === before.size;
}

async function isUnchanged(file: string, print: FileFingerprint): Promise<boolean> {
  const facts = await stat(file).catch(() => undefined);
  if (facts?.size !== print.bytes) return false;
  return facts.mtimeMs === print.modifiedAt || (await hash(file)) === print.sha256;
}

async function paths(folder: string): Promise<string[]> {
  const others = await Promise.all(
    OTHER_FILES.map(async (path) => ((await stat(join(folder, path)).catch(() => undefined)) ? [path] : [])),
  );
  // a folder that is gone is as different as an empty one; whoever reads it next will say so
  const listed = await listFiles(folder).catch(() => ({ paths: [] }));
  return [...listed.paths, ...others.flat()];
}

/** Of a file that cannot be read, a name that no hash is. */
function hash(file: string): Promise<string> {
  return hashFile(file).catch(() => "unreadable");
}
