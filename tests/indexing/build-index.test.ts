import { chmod, mkdir, readdir, readFile, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EmbeddingModel } from "../../src/embed/embedding-model.ts";
import { openEmbeddingModel } from "../../src/embed/open-embedding-model.ts";
import { WenjuError } from "../../src/errors.ts";
import type { IndexProgress } from "../../src/indexing/index-progress.ts";
import { BuiltIndex } from "../support/indexes/built-index.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";

const NURSES =
  "护士节特写\n\n湘潭市中心医院的护士长李红在病房里工作了三十年。她说，病人的笑容是最好的礼物。\n";
const RAILWAY = "铁路医院旧事\n\n一九五八年，铁路职工医院在株洲火车站旁建成。建院时只有二十张病床。\n";

describe("buildIndex", () => {
  const newFolder = temporaryFolders();
  let model: EmbeddingModel;
  beforeAll(async () => {
    model = await openEmbeddingModel();
  });
  afterAll(() => model.close());

  it("indexes the bundled articles, every passage verbatim at its place", async () => {
    const built = await BuiltIndex.in(await newFolder(), model);
    const report = await built.build();
    const index = await built.open();
    expect(report).toMatchObject({ articles: 5, skipped: [], reused: 0, upToDate: false });
    expect(index.generation).toBe(report.generation);
    expect([...index.articles.keys()]).toEqual([...index.articles.keys()].sort());
    expect(index.passages).toHaveLength(report.passages);
    expect(index.vectors.size).toBe(report.passages);
    expect(index.keywords.size).toBe(report.passages);
    for (const { id, articleId, title, span, text } of index.passages) {
      const article = index.articles.get(articleId)!;
      expect(article.text.slice(span.start, span.end)).toBe(text);
      expect(id).toBe(`${articleId}#${span.start}-${span.end}`);
      expect(title).toBe(article.title);
    }
  });

  it("gives each passage the number of its vector and of its keywords", async () => {
    const built = await BuiltIndex.in(await newFolder(), model);
    await built.build();
    const { passages, vectors } = await built.open();
    for (const [number, { text }] of passages.entries()) {
      const [nearest] = vectors.search(await model.embedQuery(text), 1);
      expect(nearest?.score).toBeGreaterThan(0.999);
      expect(passages[nearest!.id]?.text).toBe(passages[number]?.text);
    }
  });

  it("gives each sentence the vector of its own text", async () => {
    const built = await BuiltIndex.in(await newFolder(), model);
    const report = await built.build();
    const { articles, sentences } = await built.open();
    expect(sentences.size).toBe(report.sentences);
    for (const { id, text } of articles.values()) {
      for (const { number, span } of sentences.ofArticle(id).slice(0, 20)) {
        const vector = Float32Array.from(await model.embedQuery(text.slice(span.start, span.end)));
        expect(sentences.vectors.similarity(number, vector)).toBeGreaterThan(0.99);
      }
    }
  });

  it("embeds nothing and writes nothing when nothing has changed", async () => {
    const built = await BuiltIndex.in(await newFolder(), model);
    const first = await built.build();
    const before = await readFile(join(built.indexFolder, "manifest.json"));
    const second = await built.build();
    expect(second).toMatchObject({
      embedded: 0,
      reused: first.embedded,
      upToDate: true,
      generation: first.generation,
      articles: 5,
      passages: first.passages,
      sentences: first.sentences,
    });
    expect(await readFile(join(built.indexFolder, "manifest.json"))).toEqual(before);
    expect(await built.generations()).toEqual([first.generation]);
  });

  it("does not mind that a file was only touched", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "护士.txt": NURSES });
    await built.build();
    await utimes(join(built.corpusFolder, "护士.txt"), new Date(), new Date(Date.now() + 60_000));
    expect(await built.build()).toMatchObject({ upToDate: true });
  });

  it("embeds only the texts that a changed article brings", async () => {
    const built = await BuiltIndex.in(await newFolder(), model);
    const first = await built.build();
    const name = "zhuzhou-331-2018.txt";
    const text = await readFile(join(built.corpusFolder, name), "utf8");
    await built.write(name, `${text.trimEnd()}\n\n医院新添了一台达芬奇手术机器人。\n`);
    const second = await built.build();
    expect(second.upToDate).toBe(false);
    expect(second.embedded).toBeGreaterThan(0);
    // the new sentence, and the passage that it ended up in
    expect(second.embedded).toBeLessThanOrEqual(4);
    expect(second.reused).toBeGreaterThanOrEqual(first.embedded - 4);
    const { articles } = await built.open();
    expect(articles.get("zhuzhou-331-2018")?.text).toContain("达芬奇手术机器人");
  });

  it("gives kept texts exactly the vectors that they had", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "护士.txt": NURSES });
    await built.build();
    const query = await model.embedQuery("护士长是谁？");
    const before = (await built.open()).vectors.search(query, 1);
    await built.write("铁路.txt", RAILWAY);
    expect(await built.build()).toMatchObject({ articles: 2 });
    const { passages, vectors } = await built.open();
    const after = vectors.search(query, 2).find(({ id }) => passages[id]?.text.includes("李红"));
    expect(after?.score).toBe(before[0]?.score);
  });

  it("embeds nothing for a file that was renamed, and knows it by its new name", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES, "乙.txt": RAILWAY });
    await built.build();
    await rename(join(built.corpusFolder, "甲.txt"), join(built.corpusFolder, "丙.txt"));
    expect(await built.build()).toMatchObject({ embedded: 0, upToDate: false, articles: 2 });
    expect([...(await built.open()).articles.keys()].sort()).toEqual(["丙", "乙"].sort());
  });

  it("leaves nothing of a deleted article in what is opened", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES, "乙.txt": RAILWAY });
    await built.build();
    await built.remove("甲.txt");
    const { generation } = await built.build();
    const index = await built.open();
    expect([...index.articles.keys()]).toEqual(["乙"]);
    expect(index.passages.map(({ text }) => text).join()).not.toContain("李红");
    expect(index.vectors.size).toBe(index.passages.length);
    for (const name of await readdir(built.file(generation, "."))) {
      expect(await readFile(built.file(generation, name), "utf8")).not.toContain("李红");
    }
  });

  it("keeps the generation before the newest, and none older, as long as articles are only added", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES });
    const ids: string[] = [];
    for (const name of ["乙", "丙", "丁"]) {
      await built.write(`${name}.txt`, `${name}${RAILWAY}`);
      ids.push((await built.build()).generation);
    }
    expect(await built.generations()).toEqual(ids.slice(-2));
  });

  it("keeps its vectors when only the length of passages changes", async () => {
    const built = await BuiltIndex.in(await newFolder(), model);
    const first = await built.build();
    const second = await built.build({ options: { maxPassageLength: 160 } });
    expect(second.passages).toBeGreaterThan(first.passages);
    expect(second.reused).toBeGreaterThan(first.sentences / 2);
    await expect(built.open()).rejects.toMatchObject({
      code: "INDEX_MISMATCH",
      message: expect.stringContaining("npx wenju index"),
    });
    await built.open({ options: { maxPassageLength: 160 } });
  });

  it("names the files that it skipped, also when nothing has changed", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES, "空.txt": "" });
    const skipped = [expect.objectContaining({ file: "空.txt", code: "EMPTY" })];
    expect(await built.build()).toMatchObject({ articles: 1, skipped });
    expect(await built.build()).toMatchObject({ articles: 1, skipped, upToDate: true });
  });

  it("tells how far it is: reading, embedding, writing, each to its end", async () => {
    const built = await BuiltIndex.in(await newFolder(), model);
    const told: IndexProgress[] = [];
    await built.build({ onProgress: (progress) => told.push(progress) });
    expect([...new Set(told.map(({ stage }) => stage))]).toEqual(["reading", "embedding", "writing"]);
    for (const stage of ["reading", "embedding", "writing"]) {
      const steps = told.filter((progress) => progress.stage === stage);
      expect(steps.map(({ done }) => done)).toEqual(steps.map(({ done }) => done).sort((a, b) => a - b));
      expect(steps.at(-1)?.done).toBe(steps.at(-1)?.total);
    }
  });

  it.each(["reading", "embedding", "writing"])(
    "leaves nothing behind but vectors when interrupted while %s, and makes none of them again",
    async (stage) => {
      const built = await BuiltIndex.in(await newFolder(), model);
      await built.write("先.txt", NURSES);
      const first = await built.build();
      await built.write("后.txt", RAILWAY);
      const controller = new AbortController();
      let made = 0;
      const onProgress = (progress: IndexProgress) => {
        if (progress.stage === "embedding") made = progress.done;
        if (progress.stage === stage) controller.abort();
      };
      await expect(built.build({ signal: controller.signal, onProgress })).rejects.toMatchObject({
        code: "ABORTED",
      });
      expect(await built.generations()).toEqual([first.generation]);
      expect((await readdir(built.indexFolder)).sort()).toEqual([
        "generations",
        "manifest.json",
        ...(made > 0 ? ["vectors.journal"] : []),
      ]);
      expect((await built.open()).generation).toBe(first.generation);

      const all = await BuiltIndex.in(await newFolder(), model, { "后.txt": RAILWAY });
      const { embedded } = await all.build();
      expect(await built.build()).toMatchObject({ embedded: embedded - made });
      expect((await readdir(built.indexFolder)).sort()).toEqual(["generations", "manifest.json"]);
    },
  );

  it("gives an interrupted run's texts exactly the vectors that it made", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES, "乙.txt": RAILWAY });
    const controller = new AbortController();
    await expect(
      built.build({ signal: controller.signal, onProgress: abortAt("writing", controller) }),
    ).rejects.toMatchObject({ code: "ABORTED" });
    const { generation } = await built.build({ model: forWords(model) });
    const twin = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES, "乙.txt": RAILWAY });
    const whole = await twin.build();
    for (const name of ["vectors.hnsw", "sentences.bin"]) {
      expect(await readFile(built.file(generation, name))).toEqual(
        await readFile(twin.file(whole.generation, name)),
      );
    }
  });

  it("forgets an interrupted run's vectors when the corpus is again what it was", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES });
    await built.build();
    await built.write("乙.txt", RAILWAY);
    const controller = new AbortController();
    await expect(
      built.build({ signal: controller.signal, onProgress: abortAt("writing", controller) }),
    ).rejects.toMatchObject({ code: "ABORTED" });
    await built.remove("乙.txt");
    expect(await built.build()).toMatchObject({ upToDate: true });
    expect((await readdir(built.indexFolder)).sort()).toEqual(["generations", "manifest.json"]);
  });

  it("ignores what a killed run left half-written, and clears it away with the next generation", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES });
    const { generation } = await built.build();
    await mkdir(built.file("20991231T235959999-abcdef", "."));
    await writeFile(built.file("20991231T235959999-abcdef", "articles.jsonl"), "{");
    await writeFile(join(built.indexFolder, "manifest.json.0a1b2c3d.tmp"), "{");
    expect((await built.open()).generation).toBe(generation);
    await built.write("乙.txt", RAILWAY);
    const next = await built.build();
    expect(await built.generations()).toEqual([generation, next.generation]);
    expect((await readdir(built.indexFolder)).sort()).toEqual(["generations", "manifest.json"]);
  });

  it("clears away a draft that was left in the folder of a generation that stays", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES });
    const { generation } = await built.build();
    const files = await readdir(built.file(generation, "."));
    await writeFile(built.file(generation, "calibration.json.0a1b2c3d.tmp"), "{");
    expect(await built.build()).toMatchObject({ upToDate: true });
    expect(await readdir(built.file(generation, "."))).toEqual(files);
  });

  it("has a new generation completed before it counts", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES });
    const { generation } = await built.build();
    await built.write("乙.txt", RAILWAY);
    const seen: unknown[] = [];
    const next = await built.build({
      complete: async (index) => {
        seen.push([index.generation, index.articles.size, (await built.open()).generation]);
        await writeFile(built.file(index.generation, "更多.json"), "{}");
      },
    });
    expect(seen).toEqual([[next.generation, 2, generation]]);
    expect(await readdir(built.file(next.generation, "."))).toContain("更多.json");
    const nothing = () => Promise.reject(new Error("There is nothing to complete."));
    expect(await built.build({ complete: nothing })).toMatchObject({ upToDate: true });
  });

  it("leaves nothing of a generation that cannot be completed", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES });
    const { generation } = await built.build();
    await built.write("乙.txt", RAILWAY);
    const fail = () => Promise.reject(new WenjuError("EMBEDDING_FAILED", "The model has died."));
    await expect(built.build({ complete: fail })).rejects.toMatchObject({ code: "EMBEDDING_FAILED" });
    expect(await built.generations()).toEqual([generation]);
    expect((await built.open()).generation).toBe(generation);
  });

  it("builds anew what was damaged, although the corpus is the same", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES });
    const { generation } = await built.build();
    await writeFile(built.file(generation, "keywords.bin"), "坏");
    const second = await built.build();
    expect(second).toMatchObject({ upToDate: false });
    expect((await built.open()).generation).toBe(second.generation);
    expect(await built.generations()).toEqual([second.generation]);
  });

  it("says so when the index folder cannot be written, and leaves the index as it was", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES });
    const { generation } = await built.build();
    await built.write("乙.txt", RAILWAY);
    await chmod(built.indexFolder, 0o555);
    await withoutRights(async () => {
      await expect(built.build()).rejects.toMatchObject({
        code: "INDEX_NOT_WRITABLE",
        message: expect.stringContaining(built.indexFolder),
      });
    });
    await chmod(built.indexFolder, 0o755);
    expect((await built.open()).generation).toBe(generation);
  });

  it("says so when the index folder is a file", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": NURSES });
    await writeFile(built.indexFolder, "不是文件夹");
    await expect(built.build()).rejects.toMatchObject({ code: "INDEX_NOT_WRITABLE" });
  });

  it("passes on that there is no corpus, and gives up its lock", async () => {
    const built = new BuiltIndex(await newFolder(), model);
    await expect(built.build()).rejects.toMatchObject({ code: "CORPUS_NOT_FOUND" });
    expect(await readdir(built.indexFolder)).toEqual([]);
  });
});

function abortAt(stage: IndexProgress["stage"], controller: AbortController) {
  return (progress: IndexProgress) => progress.stage === stage && controller.abort();
}

/** Reads words, and fails as soon as it is given a passage or a sentence. */
function forWords(model: EmbeddingModel): EmbeddingModel {
  return {
    id: model.id,
    dimensions: model.dimensions,
    close: () => model.close(),
    embedQuery: (text, options) => model.embedQuery(text, options),
    embedDocuments: (texts, options) => {
      const long = texts.find((text) => text.length > 8);
      if (long) return Promise.reject(new Error(`it was asked to embed ${long}`));
      return model.embedDocuments(texts, options);
    },
  };
}

/** The superuser may write anywhere: such a test runs as nobody. */
async function withoutRights(work: () => Promise<void>): Promise<void> {
  const user = process.geteuid?.();
  if (user === 0) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (user === 0) process.seteuid?.(0);
  }
}
