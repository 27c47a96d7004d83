import { mkdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EmbeddingModel } from "../../src/embed/embedding-model.ts";
import { openEmbeddingModel } from "../../src/embed/open-embedding-model.ts";
import { checkIndex, type IndexState } from "../../src/indexing/check-index.ts";
import type { IndexDemands } from "../../src/indexing/open-index.ts";
import { BuiltIndex } from "../support/indexes/built-index.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";

describe("checkIndex", () => {
  const newFolder = temporaryFolders();
  let model: EmbeddingModel;
  let built: BuiltIndex;

  beforeAll(async () => {
    model = await openEmbeddingModel();
  });
  afterAll(() => model.close());

  beforeEach(async () => {
    built = await BuiltIndex.in(await newFolder(), model, { "医院.txt": "医院\n\n医院在一九五八年建成。\n" });
    // as most files are: changed long before they are indexed
    await utimes(join(built.corpusFolder, "医院.txt"), new Date(), new Date(Date.now() - 60_000));
    await built.build();
  });

  it("finds an index current right after it was built", async () => {
    expect(await check()).toBe("current");
  });

  it("finds it stale when a file was added", async () => {
    await built.write("学校.md", "# 学校\n\n学校在一九六〇年建成。\n");
    expect(await check()).toBe("stale");
  });

  it("finds it stale when a file was removed, and when all are gone", async () => {
    await built.write("学校.txt", "学校\n\n学校在一九六〇年建成。\n");
    await built.build();
    await built.remove("学校.txt");
    expect(await check()).toBe("stale");
    await rm(built.corpusFolder, { recursive: true });
    expect(await check()).toBe("stale");
  });

  it("finds it stale when a file was renamed", async () => {
    await rename(join(built.corpusFolder, "医院.txt"), join(built.corpusFolder, "老医院.txt"));
    expect(await check()).toBe("stale");
  });

  it("finds it stale when one character was changed, however soon after the build", async () => {
    await built.write("医院.txt", "医院\n\n医院在一九五九年建成。\n");
    expect(await check()).toBe("stale");
    await built.build();
    await built.write("医院.txt", "医院\n\n医院在一九五七年建成。\n");
    expect(await check()).toBe("stale");
  });

  it("finds it stale when the list of words was changed", async () => {
    await built.write("words.txt", "三码合一\n");
    expect(await check()).toBe("stale");
  });

  it("finds it current when a file was only touched", async () => {
    await utimes(join(built.corpusFolder, "医院.txt"), new Date(), new Date(Date.now() + 60_000));
    expect(await check()).toBe("current");
  });

  it.each(["vectors.journal", "generations/20991231T235959999-abcdef"])(
    "finds it untidy when a killed run left %s, until that is cleared away",
    async (name) => {
      await mkdir(join(built.indexFolder, name));
      expect(await check()).toBe("untidy");
      await rm(join(built.indexFolder, name), { recursive: true });
      await writeFile(join(built.indexFolder, name), "旧");
      expect(await check()).toBe("untidy");
      expect(await built.build()).toMatchObject({ upToDate: true });
      expect(await check()).toBe("current");
    },
  );

  it("tells a missing, a damaged and a mismatched index apart", async () => {
    expect(await check({ modelId: "bge-small-zh-v1.5" })).toBe("mismatched");
    expect(await check({ options: { maxPassageLength: 100 } })).toBe("mismatched");
    await writeFile(join(built.indexFolder, "manifest.json"), "{}");
    expect(await check()).toBe("damaged");
    await rm(built.indexFolder, { recursive: true });
    expect(await check()).toBe("missing");
  });

  function check(demands: Partial<IndexDemands> = {}): Promise<IndexState> {
    const { corpusFolder, indexFolder } = built;
    return checkIndex({
      corpusFolder,
      indexFolder,
      modelId: model.id,
      dimensions: model.dimensions,
      ...demands,
    });
  }
});
