import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { QuestionEmbedder } from "../../src/embed/question-embedder.ts";
import { WenjuError } from "../../src/errors.ts";

const FAILED = new WenjuError("EMBEDDING_FAILED", "The embedding worker died: SIGKILL.");

describe("QuestionEmbedder", () => {
  it("gives each text of a question its vector, embedded once", async () => {
    const { embedder, asked } = modelThat(async (text) => [text.length]);
    const vectors = embedder.begin({ patienceMs: 100 });
    expect(await Promise.all([vectors.of("株洲"), vectors.of("株洲"), vectors.of("黄冈市")])).toEqual([
      [2],
      [2],
      [3],
    ]);
    expect(await vectors.of("株洲")).toEqual([2]);
    expect(asked).toEqual(["株洲", "黄冈市"]);
    expect(vectors.missed).toBe(false);
  });

  it("does without where the model fails, for the whole of the question, and tries again with the next one", async () => {
    let fails = true;
    const { embedder } = modelThat(async () => {
      if (fails) throw FAILED;
      return [1];
    });
    const vectors = embedder.begin({ patienceMs: 100 });
    expect(await vectors.of("株洲")).toBeUndefined();
    fails = false;
    expect(await vectors.of("黄冈")).toBeUndefined();
    expect(vectors.missed).toBe(true);
    expect(await embedder.begin({ patienceMs: 100 }).of("株洲")).toEqual([1]);
  });

  it("waits no longer than its patience, nobody waits while a vector is late, and all do once it has come", async () => {
    let release = () => {};
    const { embedder, asked } = modelThat(
      () =>
        new Promise((resolve) => {
          release = () => resolve([1]);
        }),
    );
    const late = embedder.begin({ patienceMs: 20 });
    expect(await late.of("株洲")).toBeUndefined();
    expect(await embedder.begin({ patienceMs: 60_000 }).of("黄冈")).toBeUndefined();
    expect(asked).toEqual(["株洲"]);
    release();
    await delay(1);
    const next = embedder.begin({ patienceMs: 60_000 }).of("湘潭");
    release();
    expect(await next).toEqual([1]);
    expect(await late.of("株洲")).toBeUndefined();
  });

  it("waits as long as it takes, and fails where the model fails, without patience", async () => {
    const { embedder } = modelThat(async (text) => {
      await delay(30);
      if (text === "坏") throw FAILED;
      return [1];
    });
    expect(await embedder.begin().of("好")).toEqual([1]);
    await expect(embedder.begin().of("坏")).rejects.toBe(FAILED);
  });

  it("rejects with what is no failure of the model: the asker has left, or a mistake of ours", async () => {
    const aborted = new WenjuError("ABORTED", "Embedding was aborted.");
    for (const error of [aborted, new RangeError("维数不对")]) {
      const { embedder } = modelThat(() => Promise.reject(error));
      await expect(embedder.begin({ patienceMs: 100 }).of("株洲")).rejects.toBe(error);
    }
  });
});

function modelThat(embed: (text: string) => Promise<number[]>) {
  const asked: string[] = [];
  const embedder = new QuestionEmbedder({
    embedQuery: (text) => {
      asked.push(text);
      return embed(text);
    },
  });
  return { embedder, asked };
}
