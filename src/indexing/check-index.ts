import { WenjuError } from "../errors.ts";
import { isCorpusUnchanged } from "./corpus-fingerprint.ts";
import { findGenerations } from "./generation/manifest.ts";
import { readFacts } from "./generation/read-generation.ts";
import { checkDemands, type IndexDemands } from "./open-index.ts";

/**
 * `current`: it can be opened and the corpus is what it was. `missing`, `mismatched` (another model, format or options),
 * `damaged` and `stale` (the corpus has changed) call for `buildIndex`.
 */
export type IndexState = "current" | "missing" | "mismatched" | "damaged" | "stale";

/** Looks at an index without loading it: cheap, so that it does not see damage inside the large files. */
export async function checkIndex(
  demands: IndexDemands & { readonly corpusFolder: string },
): Promise<IndexState> {
  try {
    const { ids, damaged } = await findGenerations(demands.indexFolder);
    if (damaged || ids[0] === undefined) return "damaged";
    const facts = await readFacts(demands.indexFolder, ids[0]);
    checkDemands(facts, demands);
    return (await isCorpusUnchanged(demands.corpusFolder, facts.corpus)) ? "current" : "stale";
  } catch (error) {
    if (error instanceof WenjuError && error.code === "INDEX_NOT_FOUND") return "missing";
    if (error instanceof WenjuError && error.code === "INDEX_MISMATCH") return "mismatched";
    if (error instanceof WenjuError && error.code === "INDEX_CORRUPT") return "damaged";
    throw error;
  }
}
