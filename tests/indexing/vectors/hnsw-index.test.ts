import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ExactIndex } from "../../../src/indexing/vectors/exact-index.ts";
import { HnswIndex } from "../../../src/indexing/vectors/hnsw-index.ts";
import { testVectorIndex } from "../../support/contracts/vector-index-contract.ts";
import { randomUnitVectors, seededRandom } from "../../support/indexes/vectors.ts";
import { temporaryFolders } from "../../support/temporary-folder.ts";

testVectorIndex("HnswIndex", (options) => HnswIndex.create(options));

describe("HnswIndex", () => {
  const newFolder = temporaryFolders();

  it("finds at least 98 of 100 true neighbours among 2,000 vectors", () => {
    const vectors = randomUnitVectors(2000, 48);
    const index = HnswIndex.create({ dimensions: 48 });
    const oracle = new ExactIndex({ dimensions: 48 });
    index.add(vectors);
    oracle.add(vectors);
    let found = 0;
    for (const query of randomUnitVectors(50, 48, 7)) {
      const ids = new Set(index.search(query, 10).map(({ id }) => id));
      found += oracle.search(query, 10).filter(({ id }) => ids.has(id)).length;
    }
    expect(found).toBeGreaterThanOrEqual(490);
  });

  it("finds after opening what it found before saving", async () => {
    const { index, file } = await savedIndex(1500);
    const opened = await HnswIndex.open(file, { dimensions: 24, size: 1500 });
    for (const query of randomUnitVectors(20, 24, 7)) {
      expect(opened.search(query, 10)).toEqual(index.search(query, 10));
    }
  });

  it("saves and opens an index without vectors", async () => {
    const { file } = await savedIndex(0);
    const opened = await HnswIndex.open(file, { dimensions: 24, size: 0 });
    expect(opened.search(randomUnitVectors(1, 24)[0]!, 3)).toEqual([]);
  });

  it("can be added to after opening, beyond the room it had", async () => {
    const { file } = await savedIndex(1000);
    const opened = await HnswIndex.open(file, { dimensions: 24, size: 1000 });
    const more = randomUnitVectors(500, 24, 9);
    opened.add(more);
    expect(opened.search(more[499]!, 1)[0]?.id).toBe(1499);
  });

  it.each([
    ["another number of dimensions", { dimensions: 25, size: 40 }],
    ["another number of vectors", { dimensions: 24, size: 41 }],
  ])("refuses a file of %s", async (_, expected) => {
    const { file } = await savedIndex(40);
    await expect(HnswIndex.open(file, expected)).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
  });

  it("refuses a file cut off anywhere, or with bytes after its end", async () => {
    const { file } = await savedIndex(40);
    const whole = await readFile(file);
    for (let length = 0; length < whole.length; length += 97) {
      await writeFile(file, whole.subarray(0, length));
      await expect(HnswIndex.open(file, { dimensions: 24, size: 40 })).rejects.toMatchObject({
        code: "INDEX_CORRUPT",
      });
    }
    await writeFile(file, Buffer.concat([whole, Buffer.alloc(4)]));
    await expect(HnswIndex.open(file, { dimensions: 24, size: 40 })).rejects.toMatchObject({
      code: "INDEX_CORRUPT",
    });
  });

  it("never lets native code follow a damaged link, even where no hash is looked at", async () => {
    const { file } = await savedIndex(200);
    const whole = await readFile(file);
    const random = seededRandom(3);
    const query = randomUnitVectors(1, 24, 5)[0]!;
    let refused = 0;
    for (let trial = 0; trial < 300; trial++) {
      const damaged = Buffer.from(whole);
      for (let bit = 0; bit < 3; bit++) {
        // half of the flips go into the header, which decides where everything lies
        const place = Math.floor(random() * (trial % 2 === 0 ? 96 : whole.length));
        damaged[place]! ^= 1 << Math.floor(random() * 8);
      }
      await writeFile(file, damaged);
      const opened = await HnswIndex.open(file, { dimensions: 24, size: 200 }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: "INDEX_CORRUPT" });
        refused++;
      });
      if (opened) expect(opened.search(query, 200).length).toBeLessThanOrEqual(200);
    }
    expect(refused).toBeGreaterThan(200);
  });

  it.skipIf(process.platform !== "linux")("notices that nothing was written to a full disk", async () => {
    const index = HnswIndex.create({ dimensions: 2 });
    index.add([[1, 0]]);
    await expect(index.save("/dev/full")).rejects.toMatchObject({ code: "INDEX_NOT_WRITABLE" });
  });

  it("notices that the folder to write into is not there", async () => {
    const index = HnswIndex.create({ dimensions: 2 });
    await expect(index.save(join(await newFolder(), "没有", "vectors.hnsw"))).rejects.toMatchObject({
      code: "ENOENT",
    });
  });

  async function savedIndex(size: number): Promise<{ index: HnswIndex; file: string }> {
    const index = HnswIndex.create({ dimensions: 24 });
    index.add(randomUnitVectors(size, 24));
    const file = join(await newFolder(), "向量.hnsw");
    await index.save(file);
    return { index, file };
  }
});
