import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EmbeddingModel } from "../../src/embed/embedding-model.ts";
import { openEmbeddingModel } from "../../src/embed/open-embedding-model.ts";
import type { WenjuError } from "../../src/errors.ts";
import { GENERATION_FILES, INDEX_FORMAT } from "../../src/indexing/generation/generation.ts";
import { sealJson } from "../../src/indexing/generation/sealed-json.ts";
import { BuiltIndex } from "../support/indexes/built-index.ts";
import { seededRandom } from "../support/indexes/vectors.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";

const LOADED = ["generation.json", ...Object.values(GENERATION_FILES)].filter(
  (name) => name !== "embeddings.bin",
);

describe("openIndex", () => {
  const newFolder = temporaryFolders();
  let model: EmbeddingModel;
  let built: BuiltIndex;
  let older: string;
  let newer: string;

  beforeAll(async () => {
    model = await openEmbeddingModel();
  });
  afterAll(() => model.close());

  beforeEach(async () => {
    built = await BuiltIndex.in(await newFolder(), model, { "医院.txt": "医院\n\n医院在一九五八年建成。\n" });
    older = (await built.build()).generation;
    await built.write("学校.txt", "学校\n\n学校在一九六〇年建成。\n");
    newer = (await built.build()).generation;
  });

  it("opens the newest generation, in silence", async () => {
    const { warnings, generation } = await openWithWarnings();
    expect(generation).toBe(newer);
    expect(warnings).toEqual([]);
  });

  describe.each(LOADED)("with a damaged %s", (name) => {
    it.each([
      ["gone", (file: string) => rm(file)],
      ["empty", (file: string) => writeFile(file, "")],
      ["cut short", async (file: string) => writeFile(file, (await readFile(file)).subarray(0, -1))],
      [
        "longer",
        async (file: string) => writeFile(file, Buffer.concat([await readFile(file), Buffer.from("x")])),
      ],
      ["flipped in one bit", flipBit],
    ])("falls back to the generation before when it is %s, and says so", async (_, damage) => {
      // the placeholder for an empty file cannot be flipped or cut
      if ((await readFile(built.file(newer, name))).length === 0)
        await writeFile(built.file(newer, name), "?");
      await damage(built.file(newer, name));
      const { warnings, generation } = await openWithWarnings();
      expect(generation).toBe(older);
      expect(warnings).toEqual([expect.objectContaining({ code: "INDEX_CORRUPT" })]);
      expect(warnings[0]?.message).toContain(name);
      expect(warnings[0]?.message).toContain("npx wenju index");
    });
  });

  it("catches a flip of any bit of every file", async () => {
    const random = seededRandom(11);
    for (const name of LOADED) {
      const file = built.file(newer, name);
      const whole = await readFile(file);
      for (let trial = 0; trial < 40; trial++) {
        await flipBit(file, random);
        expect((await openWithWarnings()).generation).toBe(older);
        await writeFile(file, whole);
      }
    }
    expect((await openWithWarnings()).generation).toBe(newer);
  });

  it("does not take a file of one generation for that of another", async () => {
    await writeFile(built.file(newer, "passages.jsonl"), await readFile(built.file(older, "passages.jsonl")));
    expect((await openWithWarnings()).generation).toBe(older);
  });

  it.each([
    ["gone", (file: string) => rm(file)],
    ["cut short", async (file: string) => writeFile(file, (await readFile(file)).subarray(0, 40))],
    [
      "changed",
      async (file: string) => writeFile(file, (await readFile(file, "utf8")).replace(newer, older)),
    ],
  ])("uses the newest generation that is whole when the manifest is %s, and says so", async (_, damage) => {
    await damage(join(built.indexFolder, "manifest.json"));
    const { warnings, generation } = await openWithWarnings();
    expect(generation).toBe(newer);
    expect(warnings).toEqual([expect.objectContaining({ code: "INDEX_CORRUPT" })]);
  });

  it("refuses with the command that helps when no generation is whole", async () => {
    await flipBit(built.file(older, "vectors.hnsw"));
    await rm(built.file(newer, "articles.jsonl"));
    await expect(built.open()).rejects.toMatchObject({
      code: "INDEX_CORRUPT",
      message: expect.stringMatching(/articles\.jsonl.*npx wenju index/),
    });
  });

  it("says that there is no index, and what to do", async () => {
    const empty = new BuiltIndex(await newFolder(), model);
    await expect(empty.open()).rejects.toMatchObject({
      code: "INDEX_NOT_FOUND",
      message: expect.stringMatching(/索引.*npx wenju index/),
    });
  });

  it.each([
    ["another model", { modelId: "bge-small-zh-v1.5" }, "bge-small-zh-v1.5"],
    ["another number of dimensions", { dimensions: 512 }, "512"],
    ["other options", { options: { maxPassageLength: 100 } }, "options"],
  ])("refuses an index built with %s", async (_, demands, named) => {
    await expect(built.open(demands)).rejects.toMatchObject({
      code: "INDEX_MISMATCH",
      message: expect.stringMatching(new RegExp(`${named}.*npx wenju index`)),
    });
  });

  it("refuses an index of another format, and does not call it damaged", async () => {
    const file = join(built.indexFolder, "manifest.json");
    await writeFile(file, sealJson({ format: INDEX_FORMAT + 1, newest: newer }));
    await expect(built.open()).rejects.toMatchObject({
      code: "INDEX_MISMATCH",
      message: expect.stringMatching(/format 2.*npx wenju index/),
    });
  });

  it("goes on when a writer removes the generation that was about to be opened", async () => {
    const opening = built.open();
    const ids: string[] = [];
    for (const year of ["二〇〇一", "二〇〇二", "二〇〇三"]) {
      await built.write("学校.txt", `学校\n\n学校在${year}年搬迁。\n`);
      ids.push((await built.build()).generation);
    }
    expect([older, newer, ...ids]).toContain((await opening).generation);
    expect((await built.open()).generation).toBe(ids.at(-1));
  });

  async function openWithWarnings(): Promise<{ generation: string; warnings: WenjuError[] }> {
    const warnings: WenjuError[] = [];
    const { generation } = await built.open({ onWarning: (warning) => warnings.push(warning) });
    return { generation, warnings };
  }
});

async function flipBit(file: string, random = () => 0.5): Promise<void> {
  const bytes = await readFile(file);
  bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
  await writeFile(file, bytes);
}
