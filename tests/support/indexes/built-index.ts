import { cp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EmbeddingModel } from "../../../src/embed/embedding-model.ts";
import { type BuildIndexOptions, buildIndex, type IndexReport } from "../../../src/indexing/build-index.ts";
import type { CorpusIndex } from "../../../src/indexing/corpus-index.ts";
import { demandsOf, type OpenIndexOptions, openIndex } from "../../../src/indexing/open-index.ts";

/** The five newspaper features that come with the package. */
export const BUNDLED_CORPUS = fileURLToPath(new URL("../../../corpus", import.meta.url));

/** A corpus and its index below one folder, to change and to damage. */
export class BuiltIndex {
  readonly corpusFolder: string;
  readonly indexFolder: string;
  readonly model: EmbeddingModel;

  constructor(folder: string, model: EmbeddingModel) {
    this.corpusFolder = join(folder, "文章");
    this.indexFolder = join(folder, "索引");
    this.model = model;
  }

  /** With the bundled articles, or with files by name. */
  static async in(
    folder: string,
    model: EmbeddingModel,
    files?: Readonly<Record<string, string>>,
  ): Promise<BuiltIndex> {
    const built = new BuiltIndex(folder, model);
    await cp(BUNDLED_CORPUS, built.corpusFolder, {
      recursive: true,
      filter: (path) => !files || path === BUNDLED_CORPUS,
    });
    for (const [name, text] of Object.entries(files ?? {})) await built.write(name, text);
    return built;
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(join(this.corpusFolder, name), text);
  }

  remove(name: string): Promise<void> {
    return rm(join(this.corpusFolder, name));
  }

  build(options: Partial<BuildIndexOptions> = {}): Promise<IndexReport> {
    const { corpusFolder, indexFolder, model } = this;
    return buildIndex({ corpusFolder, indexFolder, model, ...options });
  }

  open(options: Partial<OpenIndexOptions> = {}): Promise<CorpusIndex> {
    const { indexFolder, model } = this;
    return openIndex({ ...demandsOf(indexFolder, model), ...options });
  }

  /** The ids of the generations on disk, the oldest first. */
  async generations(): Promise<string[]> {
    return (await readdir(join(this.indexFolder, "generations"))).sort();
  }

  /** The path of a file of a generation. */
  file(generation: string, name: string): string {
    return join(this.indexFolder, "generations", generation, name);
  }
}
