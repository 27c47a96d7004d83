import { createHash } from "node:crypto";
import { type FileHandle, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { digestText, KnownVectors } from "./known-vectors.ts";

type Model = { readonly id: string; readonly dimensions: number };

/**
 * The vectors that a run has made so far, appended batch by batch, so that a run that is interrupted or killed is taken up where it
 * stopped. Each record carries a hash of itself: what a killed process left half-written is not read. Nothing is synced: a power
 * failure may cost vectors, which are made again, and never gives a wrong one. To be used by the one who holds the lock.
 */
export class VectorJournal {
  /** What earlier runs of the same model left. */
  readonly found: KnownVectors;
  readonly #model: Model;
  readonly #file: string;
  /** Where the next record goes; 0 where the file has to be begun. */
  #end: number;
  #handle: FileHandle | undefined;

  private constructor(file: string, model: Model, { found, end }: Remains) {
    this.#file = file;
    this.#model = model;
    this.found = found;
    this.#end = end;
  }

  static async open(indexFolder: string, model: Model): Promise<VectorJournal> {
    const file = join(indexFolder, JOURNAL);
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    return new VectorJournal(file, model, readRemains(bytes, model));
  }

  /** `vectors[i]` belongs to `texts[i]`. Throws what the file system throws. */
  async append(texts: readonly string[], vectors: readonly ArrayLike<number>[]): Promise<void> {
    this.#handle ??= await this.#begin();
    const header = makeHeader(this.#model);
    const records = texts.map((text, i) => makeRecord(header, digestText(text), vectors[i]!));
    const bytes = Buffer.concat(this.#end === 0 ? [header, ...records] : records);
    for (let written = 0; written < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, written, undefined, this.#end + written);
      written += bytesWritten;
    }
    this.#end += bytes.length;
  }

  /** What was appended stays for the next run. */
  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #begin(): Promise<FileHandle> {
    const handle = await open(this.#file, this.#end === 0 ? "w" : "r+");
    try {
      await handle.truncate(this.#end);
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }
}

/** Once a generation holds the vectors, and where a corpus turned out to need none. */
export async function removeJournal(indexFolder: string): Promise<void> {
  await rm(join(indexFolder, JOURNAL), { force: true });
}

/** Its name in the index folder. */
export const JOURNAL = "vectors.journal";

/** "WVJ" and the version of the layout. */
const FORMAT = 0x57_56_4a_01;
const DIGEST_BYTES = 32;
const CHECK_BYTES = 16;

type Remains = { readonly found: KnownVectors; readonly end: number };

/** All records that are whole; a torn one at the end will be written over. */
function readRemains(bytes: Buffer, model: Model): Remains {
  const found = new KnownVectors(model.dimensions);
  const header = makeHeader(model);
  if (!bytes.subarray(0, header.length).equals(header)) return { found, end: 0 };
  const recordBytes = DIGEST_BYTES + 4 * model.dimensions + CHECK_BYTES;
  let end = header.length;
  for (; end + recordBytes <= bytes.length; end += recordBytes) {
    const record = bytes.subarray(end, end + recordBytes);
    const body = record.subarray(0, -CHECK_BYTES);
    if (checkOf(header, body).equals(record.subarray(-CHECK_BYTES))) readRecord(body, found);
  }
  return { found, end };
}

function readRecord(body: Buffer, found: KnownVectors): void {
  const vector = new Float32Array(found.dimensions);
  new Uint8Array(vector.buffer).set(body.subarray(DIGEST_BYTES));
  found.setByDigest(body.subarray(0, DIGEST_BYTES), vector);
}

function makeHeader({ id, dimensions }: Model): Buffer {
  const header = Buffer.alloc(8 + DIGEST_BYTES);
  header.writeUInt32LE(FORMAT, 0);
  header.writeUInt32LE(dimensions, 4);
  createHash("sha256").update(id).digest().copy(header, 8);
  return header;
}

function makeRecord(header: Buffer, digest: Uint8Array, vector: ArrayLike<number>): Buffer {
  const body = Buffer.concat([digest, new Uint8Array(Float32Array.from(vector).buffer)]);
  return Buffer.concat([body, checkOf(header, body)]);
}

/** The header goes in, so that no record passes for one of another model. */
function checkOf(header: Buffer, body: Uint8Array): Buffer {
  return createHash("sha256").update(header).update(body).digest().subarray(0, CHECK_BYTES);
}
