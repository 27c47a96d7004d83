import type { EmbeddingModel } from "../embed/embedding-model.ts";
import { WenjuError } from "../errors.ts";
import type { CorpusIndex } from "./corpus-index.ts";
import { type GenerationFacts, REBUILD } from "./generation/generation.ts";
import { findGenerations } from "./generation/manifest.ts";
import { readFacts, readGeneration } from "./generation/read-generation.ts";
import { type IndexOptions, nameOptions } from "./index-options.ts";

/** What an index has to be made with to be of use. */
export type IndexDemands = {
  readonly indexFolder: string;
  readonly modelId: string;
  readonly dimensions: number;
  readonly options?: IndexOptions | undefined;
};

/** What an index has to be made with for this model to search it. */
export function demandsOf(
  indexFolder: string,
  { id, dimensions }: Pick<EmbeddingModel, "id" | "dimensions">,
): IndexDemands {
  return { indexFolder, modelId: id, dimensions };
}

export type OpenIndexOptions = IndexDemands & {
  /** Told of a damaged generation whose predecessor is used in its place. */
  readonly onWarning?: ((warning: WenjuError) => void) | undefined;
};

/**
 * Opens the newest generation that is whole. Every byte is checked before native code sees it.
 * Throws `INDEX_NOT_FOUND`, `INDEX_MISMATCH` (another model, format or options) or `INDEX_CORRUPT`.
 */
export async function openIndex({ onWarning, ...demands }: OpenIndexOptions): Promise<CorpusIndex> {
  const { indexFolder } = demands;
  const { ids, damaged } = await findGenerations(indexFolder);
  const problems: WenjuError[] = damaged
    ? [new WenjuError("INDEX_CORRUPT", `The manifest in ${indexFolder} is missing or damaged. ${REBUILD}`)]
    : [];
  for (const id of ids) {
    try {
      const facts = await readFacts(indexFolder, id);
      checkDemands(facts, demands);
      const index = await readGeneration(indexFolder, facts);
      for (const problem of problems) onWarning?.(warnAbout(problem, id));
      return index;
    } catch (error) {
      if (!(error instanceof WenjuError)) throw error;
      // a writer may have removed what was about to be opened, and what came before it was removed for a reason
      if (await hasMovedOn(indexFolder, ids)) return openIndex({ ...demands, onWarning });
      if (error.code !== "INDEX_CORRUPT") throw problems[0] ?? error;
      problems.push(error);
    }
  }
  throw problems[0] ?? new WenjuError("INDEX_CORRUPT", `The index in ${indexFolder} is empty. ${REBUILD}`);
}

async function hasMovedOn(indexFolder: string, ids: readonly string[]): Promise<boolean> {
  const now = await findGenerations(indexFolder);
  return !now.damaged && now.ids[0] !== ids[0];
}

/** Throws `INDEX_MISMATCH` where a generation was made with something else than what is asked for. */
export function checkDemands(facts: GenerationFacts, demands: IndexDemands): void {
  const { indexFolder, modelId, dimensions } = demands;
  const refuse = (what: string, found: string | number, wanted: string | number): never => {
    throw new WenjuError(
      "INDEX_MISMATCH",
      `The index in ${indexFolder} was built with ${what} ${found}, not ${wanted}. ${REBUILD}`,
    );
  };
  if (facts.modelId !== modelId) refuse("the model", facts.modelId, modelId);
  if (facts.dimensions !== dimensions) refuse("a number of dimensions of", facts.dimensions, dimensions);
  const options = nameOptions(demands.options);
  if (facts.options !== options) refuse("the options", facts.options, options);
}

function warnAbout(problem: WenjuError, used: string): WenjuError {
  return new WenjuError(problem.code, `${problem.message} Until then generation ${used} is used.`, {
    cause: problem,
  });
}
