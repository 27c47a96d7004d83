import type { ChildProcess } from "node:child_process";
import diagnostics from "node:diagnostics_channel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EmbeddingQueue } from "../../src/embed/embedding-queue.ts";
import { findModel } from "../../src/embed/find-model.ts";

describe("queries that are asked at once", () => {
  it("get the vectors that they get alone, however many they are", async () => {
    const texts = ["门诊大楼", "护士长", "床位有多少", "重症医学科", "湘潭", "什么时候建成的"];
    const queue = await EmbeddingQueue.open(await findModel("zh-news-embed-v1"));
    try {
      const together = await Promise.all(texts.map((text) => queue.run([text], "query")));
      for (const [i, text] of texts.entries()) {
        expect(together[i]).toEqual(await queue.run([text], "query"));
      }
    } finally {
      await queue.close();
    }
  });

  it("fail alone", async () => {
    const queue = await EmbeddingQueue.open(await findModel("zh-news-embed-v1"));
    try {
      const [good, bad] = await Promise.allSettled([
        queue.run(["门诊大楼"], "query"),
        queue.run([1 as unknown as string], "query"),
      ]);
      expect(good).toMatchObject({ status: "fulfilled" });
      expect(bad).toMatchObject({ status: "rejected", reason: { code: "EMBEDDING_FAILED" } });
    } finally {
      await queue.close();
    }
  });
});

describe("a model process that hangs", () => {
  const workers: ChildProcess[] = [];
  const onStart = (message: unknown) => workers.push((message as { process: ChildProcess }).process);
  beforeEach(() => {
    workers.length = 0;
    diagnostics.subscribe("child_process", onStart);
  });
  afterEach(() => {
    diagnostics.unsubscribe("child_process", onStart);
    for (const { pid, exitCode, signalCode } of workers) {
      if (pid !== undefined && exitCode === null && signalCode === null) process.kill(pid, "SIGKILL");
    }
  });

  it("is ended and replaced, and its batch is done by the next one", async () => {
    const queue = await EmbeddingQueue.open(await findModel("zh-news-embed-v1"), { hangsAfterMs: 3_000 });
    try {
      workers[0]!.kill("SIGSTOP");
      expect(await queue.run(["门诊大楼"], "query")).toHaveLength(480);
      expect(workers).toHaveLength(2);
      expect(workers[0]!.signalCode).toBe("SIGKILL");
    } finally {
      await queue.close();
    }
  });

  it("is an error where it hangs while it loads the model", async () => {
    const stop = (message: unknown) => (message as { process: ChildProcess }).process.kill("SIGSTOP");
    diagnostics.subscribe("child_process", stop);
    try {
      const opened = EmbeddingQueue.open(await findModel("zh-news-embed-v1"), { hangsAfterMs: 200 });
      await expect(opened).rejects.toMatchObject({ code: "EMBEDDING_FAILED" });
      expect(workers[0]!.signalCode).toBe("SIGKILL");
    } finally {
      diagnostics.unsubscribe("child_process", stop);
    }
  });
});
