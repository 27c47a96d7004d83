import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { WenjuError } from "../../errors.ts";
import type { CorpusIndex } from "../corpus-index.ts";
import type { HnswIndex } from "../vectors/hnsw-index.ts";
import { syncFolder, writeDurably } from "./durable-files.ts";
import {
  FACTS_FILE,
  type FileFacts,
  fileFacts,
  GENERATION_FILES,
  type GenerationFacts,
  type GenerationFile,
  generationFolder,
  generationsFolder,
  INDEX_FORMAT,
} from "./generation.ts";
import { readFacts, readGeneration } from "./read-generation.ts";
import { sealJson } from "./sealed-json.ts";

/** What a new generation consists of. */
export type GenerationContents = {
  readonly facts: Omit<GenerationFacts, "id" | "files">;
  readonly vectors: HnswIndex;
  readonly files: Readonly<Record<Exclude<GenerationFile, "vectors.hnsw">, Uint8Array | string>>;
};

export type WriteGenerationOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Given the new generation, open: adds to its folder what only a later stage can find out. It counts with that, or not at all. */
  readonly complete?: ((index: CorpusIndex) => Promise<void>) | undefined;
};

/**
 * Writes a generation into a folder of its own, reads it back, opens it, and returns its facts. It counts once the manifest names it.
 * Whatever goes wrong, nothing of it stays behind.
 * Throws `INDEX_NOT_WRITABLE`, `ABORTED`, or what the file system and `complete` say.
 */
export async function writeGeneration(
  indexFolder: string,
  { facts, vectors, files }: GenerationContents,
  { signal, complete }: WriteGenerationOptions = {},
): Promise<GenerationFacts> {
  const id = newId();
  const folder = generationFolder(indexFolder, id);
  await mkdir(folder, { recursive: true });
  try {
    await vectors.save(join(folder, GENERATION_FILES.vectors));
    const written: Partial<Record<GenerationFile, FileFacts>> = {
      [GENERATION_FILES.vectors]: fileFacts(await readFile(join(folder, GENERATION_FILES.vectors))),
    };
    for (const [name, bytes] of Object.entries(files)) {
      checkAborted(signal);
      written[name as GenerationFile] = await writeChecked(join(folder, name), bytes);
    }
    const whole = { ...facts, id, files: written as GenerationFacts["files"] };
    await writeChecked(join(folder, FACTS_FILE), sealJson({ format: INDEX_FORMAT, ...whole }));
    const index = await openWritten(indexFolder, id);
    await complete?.(index);
    await syncFolder(folder);
    await syncFolder(generationsFolder(indexFolder));
    checkAborted(signal);
    return whole;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What counts has been opened once, in the way of every reader. */
async function openWritten(indexFolder: string, id: string): Promise<CorpusIndex> {
  try {
    return await readGeneration(indexFolder, await readFacts(indexFolder, id));
  } catch (cause) {
    if (!(cause instanceof WenjuError)) throw cause;
    throw new WenjuError(
      "INDEX_NOT_WRITABLE",
      `What was written to ${indexFolder} cannot be opened: ${cause.message} Check the disk.`,
      { cause },
    );
  }
}

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new WenjuError("ABORTED", "Indexing was aborted.", { cause: signal.reason });
}

async function writeChecked(file: string, bytes: Uint8Array | string): Promise<FileFacts> {
  await writeDurably(file, bytes);
  const meant = fileFacts(bytes);
  const found = fileFacts(await readFile(file));
  if (found.sha256 === meant.sha256) return meant;
  throw new WenjuError(
    "INDEX_NOT_WRITABLE",
    `${file} reads back as something else than was written (${found.bytes} bytes, not ${meant.bytes}). Check the disk.`,
  );
}

/** Sorts by time, to the millisecond: `20261122T061500123-3f2a9c`. */
function newId(): string {
  const time = new Date().toISOString().replace(/[-:.Z]/g, "");
  return `${time}-${randomBytes(3).toString("hex")}`;
}
