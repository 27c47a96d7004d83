import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EmbeddingModel } from "../../src/embed/embedding-model.ts";
import { openEmbeddingModel } from "../../src/embed/open-embedding-model.ts";
import { SentenceIndex } from "../../src/indexing/sentence-index.ts";
import { digestText } from "../../src/indexing/vectors/known-vectors.ts";
import { article } from "../support/builders.ts";
import { BuiltIndex } from "../support/indexes/built-index.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";

const NURSES =
  "护士节特写\n\n湘潭市中心医院的护士长李红在病房里工作了三十年。她说，病人的笑容是最好的礼物。\n";
const RAILWAY = "铁路医院旧事\n\n一九五八年，铁路职工医院在株洲火车站旁建成。建院时只有二十张病床。\n";
const SECRET = "她说，病人的笑容是最好的礼物。";
const REPLACED = NURSES.replace(SECRET, "她说，还要再干十年。");

describe("what was deleted from the corpus", () => {
  const newFolder = temporaryFolders();
  let model: EmbeddingModel;
  beforeAll(async () => {
    model = await openEmbeddingModel();
  });
  afterAll(() => model.close());

  it("is gone from every byte of the index folder with its article: text, terms, names and vectors", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": RAILWAY });
    await built.build();
    await built.write("护士.txt", NURSES);
    await built.build();
    expect(await traces(built, ["李红", "护士.txt"])).not.toEqual([]);
    expect(await findings(built)).toEqual(["text", "digest", "float32", "int8"]);
    await built.remove("护士.txt");
    await built.build();
    expect(await traces(built, ["李红", "护士", "护士.txt", "笑容"])).toEqual([]);
    expect(await findings(built)).toEqual([]);
    expect(await built.generations()).toHaveLength(2);
  });

  it("is gone when a sentence was changed", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "护士.txt": NURSES });
    await built.build();
    await built.write("护士.txt", REPLACED);
    await built.build();
    expect(await findings(built)).toEqual([]);
    expect(await built.generations()).toHaveLength(1);
  });

  it("is gone when the run that had read it was interrupted", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": RAILWAY });
    await built.build();
    await built.write("护士.txt", NURSES);
    const controller = new AbortController();
    const onProgress = ({ stage }: { stage: string }) => stage === "writing" && controller.abort();
    await expect(built.build({ signal: controller.signal, onProgress })).rejects.toMatchObject({
      code: "ABORTED",
    });
    expect(await findings(built)).toEqual(["digest", "float32"]);
    await built.write("护士.txt", REPLACED);
    await built.build();
    expect(await findings(built)).toEqual([]);
  });

  it("is gone when the run that had written it was killed, although the corpus is again what it was", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, { "甲.txt": RAILWAY });
    await built.build();
    const other = await BuiltIndex.in(await newFolder(), model, { "护士.txt": NURSES });
    const { generation } = await other.build();
    await cp(other.file(generation, "."), built.file(generation, "."), { recursive: true });
    expect(await findings(built)).toEqual(["text", "digest", "float32", "int8"]);
    expect(await built.build()).toMatchObject({ upToDate: true });
    expect(await findings(built)).toEqual([]);
  });

  it("is gone when a word was taken from the list of words", async () => {
    const built = await BuiltIndex.in(await newFolder(), model, {
      "甲.txt": RAILWAY,
      "words.txt": "三码合一\n",
    });
    await built.build();
    expect(await traces(built, ["三码合一"])).not.toEqual([]);
    await built.write("words.txt", "职工医院\n");
    await built.build();
    expect(await traces(built, ["三码合一"])).toEqual([]);
  });

  /** As what the secret sentence is still on the disk. */
  async function findings({ indexFolder }: BuiltIndex): Promise<string[]> {
    const vector = (await model.embedDocuments([SECRET]))[0]!;
    const only = SentenceIndex.build([article({ text: SECRET })], [vector]).toBytes();
    const marks = {
      text: Buffer.from(SECRET),
      digest: digestText(SECRET),
      float32: Buffer.from(Float32Array.from(vector).buffer),
      int8: Buffer.from(only.subarray(24, 24 + model.dimensions)),
    };
    const bytes = Buffer.concat((await filesBelow(indexFolder)).map(({ bytes }) => bytes));
    return Object.entries(marks).flatMap(([name, mark]) => (bytes.includes(mark) ? [name] : []));
  }

  /** Which files hold any of the words, in any encoding that a file could have. */
  async function traces({ indexFolder }: BuiltIndex, words: readonly string[]): Promise<string[]> {
    const marks = words.flatMap((word) => [Buffer.from(word), Buffer.from(word, "utf16le")]);
    const files = await filesBelow(indexFolder);
    return files.flatMap(({ path, bytes }) => (marks.some((mark) => bytes.includes(mark)) ? [path] : []));
  }

  async function filesBelow(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
  }
});
