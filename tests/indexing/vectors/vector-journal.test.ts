import { appendFile, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { removeJournal, VectorJournal } from "../../../src/indexing/vectors/vector-journal.ts";
import { randomUnitVectors } from "../../support/indexes/vectors.ts";
import { temporaryFolders } from "../../support/temporary-folder.ts";

const MODEL = { id: "小模型", dimensions: 7 };
const TEXTS = Array.from({ length: 12 }, (_, i) => `第${i}句。`);
const VECTORS = randomUnitVectors(TEXTS.length, MODEL.dimensions);
/** A header, and for each text a digest, seven numbers and a check. */
const HEADER = 8 + 32;
const RECORD = 32 + 7 * 4 + 16;

describe("VectorJournal", () => {
  const newFolder = temporaryFolders();
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await newFolder();
    file = join(folder, "vectors.journal");
  });

  it("gives back, to the last bit, what was appended", async () => {
    await write(0, 5);
    await write(5, 12);
    expect(await found()).toEqual(TEXTS);
    const { found: known } = await VectorJournal.open(folder, MODEL);
    TEXTS.forEach((text, i) => {
      expect(known.get(text)).toEqual(Float32Array.from(VECTORS[i]!));
    });
  });

  it("makes no file before there is something to keep", async () => {
    const journal = await VectorJournal.open(folder, MODEL);
    await journal.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it("reads every whole record of a file cut anywhere, and goes on behind them", async () => {
    await write(0, 3);
    const whole = await readFile(file);
    expect(whole.length).toBe(HEADER + 3 * RECORD);
    for (let length = 0; length < whole.length; length++) {
      await writeFile(file, whole.subarray(0, length));
      const records = Math.max(0, Math.floor((length - HEADER) / RECORD));
      expect(await found()).toEqual(TEXTS.slice(0, records));
      await write(3, 5);
      expect(await found()).toEqual([...TEXTS.slice(0, records), ...TEXTS.slice(3, 5)]);
      expect((await readFile(file)).length).toBe(HEADER + (records + 2) * RECORD);
    }
  });

  it("never believes a record of which a bit is flipped, and still believes the others", async () => {
    await write(0, 3);
    const whole = await readFile(file);
    for (let bit = 0; bit < 8 * whole.length; bit += 3) {
      const bytes = Buffer.from(whole);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      await writeFile(file, bytes);
      const record = Math.floor(((bit >> 3) - HEADER) / RECORD);
      expect(await found()).toEqual(record < 0 ? [] : TEXTS.slice(0, 3).filter((_, i) => i !== record));
    }
  });

  it("takes no record of another model, nor of another number of dimensions, and begins anew", async () => {
    await write(0, 3);
    const others = [
      { id: "大模型", dimensions: 7 },
      { id: "小模型", dimensions: 8 },
    ];
    for (const other of others) {
      expect((await VectorJournal.open(folder, other)).found.size).toBe(0);
    }
    const record = (await readFile(file)).subarray(HEADER, HEADER + RECORD);
    const journal = await VectorJournal.open(folder, others[0]!);
    await journal.append([TEXTS[4]!], [VECTORS[4]!]);
    await journal.close();
    await appendFile(file, record);
    const { found } = await VectorJournal.open(folder, others[0]!);
    expect(found.size).toBe(1);
    expect(await readFile(file)).toHaveLength(HEADER + 2 * RECORD);
  });

  it("ignores bytes of anything else, also very many of them", async () => {
    await writeFile(file, Buffer.alloc(100_000, 1));
    expect(await found()).toEqual([]);
    await write(0, 2);
    expect(await found()).toEqual(TEXTS.slice(0, 2));
    await truncate(file, 0);
    expect(await found()).toEqual([]);
  });

  it("is gone once it is removed, and may be removed twice", async () => {
    await write(0, 2);
    await removeJournal(folder);
    await removeJournal(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  async function write(start: number, end: number): Promise<void> {
    const journal = await VectorJournal.open(folder, MODEL);
    for (let i = start; i < end; i += 2) {
      await journal.append(TEXTS.slice(i, Math.min(i + 2, end)), VECTORS.slice(i, Math.min(i + 2, end)));
    }
    await journal.close();
  }

  async function found(): Promise<string[]> {
    const { found } = await VectorJournal.open(folder, MODEL);
    return TEXTS.filter((text) => found.get(text));
  }
});
