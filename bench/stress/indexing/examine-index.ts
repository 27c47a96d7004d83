import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EmbeddingModel } from "../../../src/embed/embedding-model.ts";
import { demandsOf, openIndex } from "../../../src/indexing/open-index.ts";
import { describeIndex } from "./describe-index.ts";
import type { SmallCorpus } from "./small-corpus.ts";

/** Which whole generation an index folder serves; `other` where it is neither, or none. */
export async function whichIsServed(
  indexFolder: string,
  { model, whole }: Pick<SmallCorpus, "whole"> & { readonly model: EmbeddingModel },
): Promise<"before" | "after" | "other"> {
  const index = await openIndex(demandsOf(indexFolder, model)).catch(() => undefined);
  const found = index && describeIndex(index);
  if (found === whole.before) return "before";
  return found === whole.after ? "after" : "other";
}

/**
 * Whether there is nothing but one generation without drafts, its manifest, and what readers wrote; and the lock of a dead process,
 * where it may stay because nothing was to be written.
 */
export async function isTidy(indexFolder: string, { lockMayStay = false } = {}): Promise<boolean> {
  const stays = (name: string) => name.endsWith(".jsonl") || (lockMayStay && name === "lock");
  const names = (await readdir(indexFolder)).filter((name) => !stays(name)).sort();
  const generations = await readdir(join(indexFolder, "generations"));
  const drafts = (await readdir(indexFolder, { recursive: true })).filter((name) => name.endsWith(".tmp"));
  return names.join() === "generations,manifest.json" && generations.length === 1 && drafts.length === 0;
}

/** Whether any file below a folder holds a text. */
export async function holdsText(folder: string, text: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((entry) => entry.isFile())) {
    if ((await readFile(join(entry.parentPath, entry.name))).includes(text)) return true;
  }
  return false;
}
