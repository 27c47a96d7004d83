import { type ChildProcess, execFile } from "node:child_process";
import diagnostics from "node:diagnostics_channel";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { env, pipeline } from "@xenova/transformers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EmbeddingModel } from "../../src/embed/embedding-model.ts";
import { openEmbeddingModel } from "../../src/embed/open-embedding-model.ts";
import { BUNDLED_MODEL, copyModel } from "../support/indexes/model-folder.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";

const TEXTS = [
  "株洲市中心医院派出医疗队支援黄冈。",
  "护士节",
  "",
  "The team left for Huanggang.",
  "湘潭市中心医院始建于一九五〇年。".repeat(60),
  "支援黃岡醫療隊累計治癒出院患者。",
  "护士节",
  "\ud840孤立的代理",
];

describe("a model of transformers.js", () => {
  const newFolder = temporaryFolders();
  let model: EmbeddingModel;
  /** Every worker that was started, the newest last. */
  const workers: ChildProcess[] = [];
  const onStart = (message: unknown) => workers.push((message as { process: ChildProcess }).process);

  beforeAll(async () => {
    diagnostics.subscribe("child_process", onStart);
    model = await openEmbeddingModel();
  });
  afterAll(async () => {
    diagnostics.unsubscribe("child_process", onStart);
    await model.close();
  });
  beforeEach(() => {
    workers.splice(0, workers.length - 1);
  });

  it("says what it is", () => {
    expect(model).toMatchObject({ id: "zh-news-embed-v1", dimensions: 480 });
  });

  it("gives the vectors that the library's own pipeline gives", async () => {
    env.allowRemoteModels = false;
    env.localModelPath = join(BUNDLED_MODEL.folder, "..");
    const extract = await pipeline("feature-extraction", "zh-news-embed-v1", { quantized: true });
    for (const text of TEXTS) {
      const { data } = await extract(text, { pooling: "mean", normalize: true });
      expectClose(await model.embedQuery(text), Array.from(data as Float32Array));
    }
  });

  it("gives a text in a batch the vector that it has alone, in the order of the texts", async () => {
    const batch = await model.embedDocuments(TEXTS);
    expect(batch).toHaveLength(TEXTS.length);
    for (const [place, text] of TEXTS.entries()) {
      const [alone] = await model.embedDocuments([text]);
      expectClose(batch[place]!, alone!);
    }
    expect(batch[1]).toEqual(batch[6]);
  });

  it("gives vectors of length 1, near for what is alike and far for what is not", async () => {
    const [cure, hospital, weather] = await model.embedDocuments([
      "医疗队治愈患者出院",
      "病人在医院被医生治好了",
      "明天多云转晴，气温回升",
    ]);
    expect(Math.hypot(...cure!)).toBeCloseTo(1, 5);
    expect(dot(cure!, hospital!)).toBeGreaterThan(dot(cure!, weather!) + 0.1);
  });

  it("takes no texts at all", async () => {
    expect(await model.embedDocuments([])).toEqual([]);
  });

  it("tells how many texts are done, up to all of them", async () => {
    const told: number[][] = [];
    const texts = Array.from({ length: 300 }, (_, i) => `第${i}条新闻：医院新建门诊大楼。`);
    await model.embedDocuments(texts, { onProgress: (done, total) => told.push([done, total]) });
    expect(told.length).toBeGreaterThan(1);
    expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).sort((a, b) => a! - b!));
    expect(told.at(-1)).toEqual([300, 300]);
  });

  it("answers a query before the rest of a long run", async () => {
    const order: string[] = [];
    const texts = Array.from({ length: 2000 }, (_, i) => `第${i}条新闻：${"医院新建门诊大楼。".repeat(20)}`);
    const run = model.embedDocuments(texts).then(() => order.push("run"));
    for (let i = 0; i < 5; i++) {
      await model.embedQuery("门诊大楼");
      order.push("query");
    }
    await run;
    expect(order).toEqual(["query", "query", "query", "query", "query", "run"]);
  });

  it("stops a long run when it is aborted, and goes on working", async () => {
    const controller = new AbortController();
    const texts = Array.from({ length: 500 }, (_, i) => `第${i}条新闻：医院新建门诊大楼。`);
    let done = 0;
    const run = model.embedDocuments(texts, {
      signal: controller.signal,
      onProgress: (count) => {
        done = count;
        controller.abort(new Error("够了"));
      },
    });
    await expect(run).rejects.toMatchObject({
      code: "ABORTED",
      cause: expect.objectContaining({ message: "够了" }),
    });
    expect(done).toBeLessThan(500);
    expect(await model.embedQuery("门诊大楼")).toHaveLength(480);
  });

  it("does not begin what is aborted already", async () => {
    const signal = AbortSignal.abort();
    await expect(model.embedQuery("门诊大楼", { signal })).rejects.toMatchObject({ code: "ABORTED" });
    await expect(model.embedDocuments(["门诊大楼"], { signal })).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("starts another worker when its own is killed, and loses nothing of the run", async () => {
    const texts = Array.from({ length: 400 }, (_, i) => `第${i}条新闻：医院新建门诊大楼。`);
    const whole = await model.embedDocuments(texts);
    let killed = false;
    const vectors = await model.embedDocuments(texts, {
      onProgress: () => {
        if (!killed) killed = workers.at(-1)!.kill("SIGKILL");
      },
    });
    expect(vectors).toEqual(whole);
    expect(workers).toHaveLength(2);
  });

  it("starts another worker for the next query when its own was killed while idle", async () => {
    const worker = workers.at(-1)!;
    const before = model.restarts ?? 0;
    worker.kill("SIGKILL");
    await once(worker, "exit");
    expect(await model.embedQuery("门诊大楼")).toHaveLength(480);
    expect(model.restarts, "a replacement is counted").toBe(before + 1);
  });

  it("reports a worker whose successors die too, after one more try, and recovers with the next query", async () => {
    const kill = (message: unknown) => {
      const { process: worker } = message as { process: ChildProcess };
      setImmediate(() => worker.kill("SIGKILL"));
    };
    workers.at(-1)!.kill("SIGKILL");
    await once(workers.at(-1)!, "close"); // the process is gone before its pipes are
    diagnostics.subscribe("child_process", kill);
    try {
      await expect(model.embedQuery("门诊大楼")).rejects.toMatchObject({
        code: "EMBEDDING_FAILED",
        message: expect.stringContaining("SIGKILL"),
      });
    } finally {
      diagnostics.unsubscribe("child_process", kill);
    }
    expect(workers).toHaveLength(3);
    expect(await model.embedQuery("门诊大楼")).toHaveLength(480);
  });

  it("refuses work once it is closed, what waits included, and leaves no process behind", async () => {
    const other = await openEmbeddingModel();
    const worker = workers.at(-1)!;
    const texts = Array.from({ length: 2000 }, (_, i) => `第${i}条新闻：医院新建门诊大楼。`);
    const runs = Promise.allSettled([other.embedDocuments(texts), other.embedDocuments(texts)]);
    await other.close();
    for (const run of await runs) {
      expect(run).toMatchObject({ status: "rejected", reason: { code: "EMBEDDING_FAILED" } });
    }
    await expect(other.embedQuery("门诊大楼")).rejects.toMatchObject({ code: "EMBEDDING_FAILED" });
    expect(worker.signalCode).toBe("SIGKILL");
    await other.close();
  });

  it("is closed to the end also when a batch that nobody waits for is done just then", async () => {
    // a process with nothing else to do, which would end in the middle of closing
    const script = `
      import { openEmbeddingModel } from ${JSON.stringify(new URL("../../dist/embed/open-embedding-model.js", import.meta.url).href)};
      const model = await openEmbeddingModel();
      const ending = new AbortController();
      const texts = Array.from({ length: 40 }, (_, i) => "医院新建门诊大楼。".repeat(4) + i);
      const run = model.embedDocuments(texts, { signal: ending.signal }).catch(() => "aborted");
      await new Promise((resolve) => setTimeout(resolve, 1));
      ending.abort();
      const begun = Date.now();
      while (Date.now() - begun < 300);
      const outcome = await run;
      await model.close();
      process.stdout.write(outcome + ", closed");`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
    expect(stdout).toBe("aborted, closed");
  });

  it("measures a folder's model and puts its prefixes before the texts", async () => {
    const folder = await copyModel(await newFolder(), {
      "wenju.json": { queryPrefix: "医院", passagePrefix: "学校" },
    });
    const other = await openEmbeddingModel({ model: folder });
    try {
      expect(other.dimensions).toBe(480);
      expect(other.id).not.toBe(model.id);
      expectClose(await other.embedQuery("门诊"), await model.embedQuery("医院门诊"));
      const [vector] = await other.embedDocuments(["门诊"]);
      expectClose(vector!, await model.embedQuery("学校门诊"));
    } finally {
      await other.close();
    }
  });

  it("says which model cannot be loaded, and starts no process that stays", async () => {
    const folder = await copyModel(await newFolder(), { "onnx/model_quantized.onnx": "不是模型" });
    await expect(openEmbeddingModel({ model: folder })).rejects.toMatchObject({
      code: "MODEL_INVALID",
      message: expect.stringContaining(folder),
    });
    expect(workers.at(-1)?.signalCode ?? workers.at(-1)?.exitCode).not.toBeNull();
    await writeFile(join(folder, "tokenizer.json"), "{}");
    await expect(openEmbeddingModel({ model: folder })).rejects.toMatchObject({ code: "MODEL_INVALID" });
    await rm(folder, { recursive: true });
    await expect(openEmbeddingModel({ model: folder })).rejects.toMatchObject({ code: "MODEL_NOT_FOUND" });
  });

  it("does not open when aborted", async () => {
    await expect(openEmbeddingModel({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "ABORTED",
    });
  });
});

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  const furthest = Math.max(...found.map((value, i) => Math.abs(value - expected[i]!)));
  expect(furthest).toBeLessThan(1e-6);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
