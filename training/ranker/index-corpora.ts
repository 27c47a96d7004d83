import { join } from "node:path";
import type { EmbeddingModel } from "../../src/embed/embedding-model.ts";
import { buildIndex, type IndexReport } from "../../src/indexing/build-index.ts";
import type { CorpusIndex } from "../../src/indexing/corpus-index.ts";
import { demandsOf, openIndex } from "../../src/indexing/open-index.ts";
import type { CorpusName } from "./prepare-corpora.ts";

/** Indexes and opens the corpora `names` below `folder`; what an earlier run left there is used again where nothing changed. */
export async function indexCorpora(
  folder: string,
  names: readonly CorpusName[],
  model: EmbeddingModel,
  onIndexed: (name: CorpusName, report: IndexReport) => void,
): Promise<ReadonlyMap<CorpusName, CorpusIndex>> {
  const indexes = new Map<CorpusName, CorpusIndex>();
  for (const name of names) {
    const indexFolder = join(folder, "indexes", name);
    onIndexed(name, await buildIndex({ corpusFolder: join(folder, "corpora", name), indexFolder, model }));
    indexes.set(name, await openIndex(demandsOf(indexFolder, model)));
  }
  return indexes;
}
