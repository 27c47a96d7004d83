import { open, readFile, stat } from "node:fs/promises";
import hnswlib from "hnswlib-node";
import { WenjuError } from "../../errors.ts";
import { runInTurns } from "../../steps.ts";
import { syncFile } from "../generation/durable-files.ts";
import { REBUILD } from "../generation/generation.ts";
import { checkQueryVector, checkUnitVectors } from "./check-vectors.ts";
import { findHnswDamage, findingHnswDamage } from "./hnsw-bytes.ts";
import type { ScoredId, VectorIndex } from "./vector-index.ts";

const NEIGHBOURS = 16;
const EF_CONSTRUCTION = 200;
/** How many candidates a search keeps; recall at 10 is 0.998 with it at 20,000 vectors of 384 dimensions. */
const EF = 128;
const FIRST_CAPACITY = 1024;

/** What a file is expected to hold. */
type SavedIndex = {
  readonly dimensions: number;
  readonly size: number;
  /** What it holds, where it has been read already. */
  readonly bytes?: Uint8Array | undefined;
};

/** A navigable small-world graph of hnswlib: nearly always right, and fast. */
export class HnswIndex implements VectorIndex {
  readonly dimensions: number;
  readonly #graph: hnswlib.HierarchicalNSW;

  private constructor(dimensions: number, graph: hnswlib.HierarchicalNSW) {
    this.dimensions = dimensions;
    this.#graph = graph;
  }

  static create({ dimensions }: { readonly dimensions: number }): HnswIndex {
    const graph = new hnswlib.HierarchicalNSW("cosine", dimensions);
    graph.initIndex({ maxElements: FIRST_CAPACITY, m: NEIGHBOURS, efConstruction: EF_CONSTRUCTION });
    return new HnswIndex(dimensions, graph);
  }

  /** Opens what `save` wrote. Throws `INDEX_CORRUPT`, before native code sees it, where the file is anything else. */
  static async open(file: string, { bytes, ...expected }: SavedIndex): Promise<HnswIndex> {
    const damage = await runInTurns(findingHnswDamage(bytes ?? (await readFile(file)), expected));
    if (damage) throw new WenjuError("INDEX_CORRUPT", `${file} is damaged: ${damage}. ${REBUILD}`);
    const graph = new hnswlib.HierarchicalNSW("cosine", expected.dimensions);
    await graph.readIndex(file);
    return new HnswIndex(expected.dimensions, graph);
  }

  get size(): number {
    return this.#graph.getCurrentCount();
  }

  add(vectors: readonly (readonly number[])[]): void {
    checkUnitVectors(vectors, this.dimensions);
    this.#reserve(this.size + vectors.length);
    for (const vector of vectors) this.#graph.addPoint([...vector], this.size);
  }

  search(vector: readonly number[], limit: number): ScoredId[] {
    checkQueryVector(vector, this.dimensions);
    const count = Math.min(limit, this.size);
    if (count < 1) return [];
    this.#graph.setEf(Math.max(EF, count));
    const { neighbors, distances } = this.#graph.searchKnn([...vector], count);
    const scored = neighbors.map((id, place) => ({ id, score: 1 - distances[place]! }));
    return scored.sort((a, b) => b.score - a.score || a.id - b.id);
  }

  /** Writes the graph and reads it back. Throws `INDEX_NOT_WRITABLE` where the file is not what it should be. */
  async save(file: string): Promise<void> {
    // native code reports no error at all: opening shows whether there is such a place, reading back whether it has room
    await (await open(file, "w")).close();
    await this.#graph.writeIndex(file);
    try {
      if (!(await stat(file)).isFile()) throw new Error("it is not a regular file");
      await syncFile(file);
      const damage = findHnswDamage(await readFile(file), this);
      if (damage) throw new Error(damage);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new WenjuError(
        "INDEX_NOT_WRITABLE",
        `${file} was not written whole: ${reason}. Is the disk full? The index that was there is unharmed.`,
        { cause },
      );
    }
  }

  #reserve(size: number): void {
    let capacity = this.#graph.getMaxElements();
    while (capacity < size) capacity *= 2;
    if (capacity > this.#graph.getMaxElements()) this.#graph.resizeIndex(capacity);
  }
}
