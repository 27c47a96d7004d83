import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { JOURNAL } from "../vectors/vector-journal.ts";
import { generationFolder, generationsFolder } from "./generation.ts";
import { isLockLeftover } from "./index-lock.ts";

/** Removes every generation but those to keep, and the drafts of killed processes. To be called by the one who holds the lock. */
export async function removeLeftovers(indexFolder: string, keep: readonly string[]): Promise<void> {
  for (const id of await otherGenerations(indexFolder, keep)) {
    await rm(generationFolder(indexFolder, id), { recursive: true, force: true });
  }
  for (const folder of [indexFolder, ...keep.map((id) => generationFolder(indexFolder, id))]) {
    await removeDrafts(folder);
  }
}

/** Whether there is anything that no finished run leaves, which may hold what is no longer in the corpus. */
export async function hasLeftovers(indexFolder: string, keep: readonly string[]): Promise<boolean> {
  if ((await otherGenerations(indexFolder, keep)).length > 0) return true;
  return (await readdir(indexFolder)).includes(JOURNAL);
}

async function removeDrafts(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isDraft).sort()) await rm(join(folder, name), { force: true });
}

async function otherGenerations(indexFolder: string, keep: readonly string[]): Promise<string[]> {
  const ids = await readdir(generationsFolder(indexFolder)).catch(() => []);
  return ids.filter((id) => !keep.includes(id)).sort();
}

function isDraft(name: string): boolean {
  return isLockLeftover(name) || /^(manifest|calibration)\.json\.[0-9a-f]{8}\.tmp$/.test(name);
}
