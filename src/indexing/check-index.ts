import { WenjuError } from "../errors.ts";
import { isCorpusUnchanged } from "./corpus-fingerprint.ts";
import { hasLeftovers } from "./generation/leftovers.ts";
import { findGenerations } from "./generation/manifest.ts";
import { readFacts } from "./generation/read-generation.ts";
import { checkDemands, type IndexDemands } from "./open-index.ts";

/**
 * `current`: it can be opened and the corpus is what it was. `missing`, `mismatched` (another model, format or options),
 * `damaged`, `stale` (the corpus has changed) and `untidy` (a run was killed, and what it left may hold deleted text) call for
 * `buildIndex`.
 */
export type IndexState = "current" | "missing" | "mismatched" | "damaged" | "stale" | "untidy";

/** Looks at an index without loading it: cheap, so that it does not see damage inside the large files. */
export async function checkIndex(
  demands: IndexDemands & { readonly corpusFolder: string },
): Promise<IndexState> {
  try {
    const { ids, damaged } = await findGenerations(demands.indexFolder);
    if (damaged || ids[0] === undefined) return "damaged";
    const facts = await readFacts(demands.indexFolder, ids[0]);
    checkDemands(facts, demands);
    if (!(await isCorpusUnchanged(demands.corpusFolder, facts.corpus))) return "stale";
    return (await hasLeftovers(demands.indexFolder, ids)) ? "untidy" : "current";
  } catch (error) {
    if (error instanceof WenjuError && error.code === "INDEX_NOT_FOUND") return "missing";
    if (error instanceof WenjuError && error.code === "INDEX_MISMATCH") return "mismatched";
    if (error instanceof WenjuError && error.code === "INDEX_CORRUPT") return "damaged";
    throw error;
  }
}
