import { readFile, writeFile } from "node:fs/promises";
import type { EmbeddingModel, EmbedOptions } from "../../../src/embed/embedding-model.ts";
import { WenjuError } from "../../../src/errors.ts";
import { KnownVectors } from "../../../src/indexing/vectors/known-vectors.ts";

/**
 * Vectors that a real model made before, so that hundreds of processes index without loading it. It fails where it is asked for a text
 * that it has not seen.
 */
export class RecordedModel implements EmbeddingModel {
  readonly id: string;
  readonly dimensions: number;
  readonly #vectors: KnownVectors;
  readonly #real: EmbeddingModel | undefined;

  private constructor(id: string, vectors: KnownVectors, real?: EmbeddingModel) {
    this.id = id;
    this.dimensions = vectors.dimensions;
    this.#vectors = vectors;
    this.#real = real;
  }

  /** Asks a real model, and remembers. */
  static recording(real: EmbeddingModel): RecordedModel {
    return new RecordedModel(real.id, new KnownVectors(real.dimensions), real);
  }

  static async read(file: string): Promise<RecordedModel> {
    const { id } = JSON.parse(await readFile(`${file}.json`, "utf8")) as { id: string };
    return new RecordedModel(id, KnownVectors.fromBytes(await readFile(file)));
  }

  async write(file: string): Promise<void> {
    await writeFile(file, this.#vectors.toBytes());
    await writeFile(`${file}.json`, JSON.stringify({ id: this.id }));
  }

  async embedDocuments(texts: string[], { signal }: EmbedOptions = {}): Promise<number[][]> {
    if (signal?.aborted) throw new WenjuError("ABORTED", "Embedding was aborted.");
    const fresh = texts.filter((text) => !this.#vectors.get(text));
    const made = await this.#real?.embedDocuments(fresh);
    for (const [i, text] of fresh.entries()) {
      if (!made) throw new Error(`${text} was not recorded`);
      this.#vectors.set(text, made[i]!);
    }
    return texts.map((text) => Array.from(this.#vectors.get(text)!));
  }

  async embedQuery(text: string): Promise<number[]> {
    return (await this.embedDocuments([text]))[0]!;
  }

  async close(): Promise<void> {
    await this.#real?.close();
  }
}
