import { spawnSync } from "node:child_process";
import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it, onTestFinished } from "vitest";
import { collectAnswer } from "../../src/chatbot.ts";
import { LiveChatbot } from "../../src/live-chatbot.ts";
import { openChatbot, suggestFrom } from "../../src/open-chatbot.ts";
import { indexInProcess } from "../../src/reindexing/index-in-process.ts";
import { keepUpToDate } from "../../src/reindexing/keep-up-to-date.ts";
import { folderWith } from "../support/servers/served-chatbot.ts";

const BRIDGE = "青溪大桥\n\n青溪大桥由工程师沈仲安设计，1931年建成通车，全长412米。\n";
const LAKE = "白鹭水库\n\n白鹭水库由工程师顾维钧主持修建，1958年蓄水，可灌溉九万亩田。\n";
const PATIENT = { timeout: 60_000, interval: 20 };

async function followed(files: Readonly<Record<string, string>>) {
  const sources = { corpusFolder: await folderWith(files), indexFolder: await folderWith({}) };
  const config = { ...sources, model: "zh-news-embed-v1", watch: true };
  const { live, model } = await openLive(config);
  const { reindexer, close } = await keepUpToDate(config, { live, model, quietMs: 100 });
  onTestFinished(async () => {
    await close();
    await model.close();
  });
  await expect.poll(() => reindexer.status.state, PATIENT).toBe("current");
  const ask = (question: string) => collectAnswer(live.current.chatbot.ask(question));
  return { config, live, reindexer, ask };
}

/** Not in the caller: its variables would hold on to the first edition. */
async function openLive(config: Parameters<typeof openChatbot>[0]) {
  const { chatbot, index, model } = await openChatbot(config);
  const { generation, passages } = index;
  const suggestions = await suggestFrom(chatbot);
  return { live: new LiveChatbot({ chatbot, suggestions, generation, passages: passages.length }), model };
}

describe("a chatbot that is kept up to date", { timeout: 180_000 }, () => {
  it("answers from what was added, edited, renamed and deleted, embeds nothing for a new name, and lets go of the first edition", async () => {
    const { config, live, reindexer, ask } = await followed({ "bridge.txt": BRIDGE });
    const file = (name: string) => join(config.corpusFolder, name);
    const first = new WeakRef(live.current.chatbot);
    expect((await ask("白鹭水库由谁主持修建？")).citations).toEqual([]);

    await writeFile(file("lake.txt"), LAKE);
    await expect.poll(() => live.current.chatbot.articles.has("lake"), PATIENT).toBe(true);
    expect((await ask("白鹭水库由谁主持修建？")).citations[0]?.quote).toContain("顾维钧");

    await writeFile(file("lake.txt"), LAKE.replace("顾维钧", "程大同"));
    await expect
      .poll(async () => (await ask("白鹭水库由谁主持修建？")).citations[0]?.quote ?? "", PATIENT)
      .toContain("程大同");

    await rename(file("lake.txt"), file("reservoir.txt"));
    await expect.poll(() => live.current.chatbot.articles.has("reservoir"), PATIENT).toBe(true);
    await expect.poll(() => reindexer.status.state, PATIENT).toBe("current");
    expect(live.current.chatbot.articles.has("lake")).toBe(false);
    expect(reindexer.status.report).toMatchObject({ embedded: 0, upToDate: false });

    await rm(file("reservoir.txt"));
    await expect.poll(() => live.current.chatbot.articles.size, PATIENT).toBe(1);
    expect((await ask("白鹭水库由谁主持修建？")).citations).toEqual([]);
    expect(await live.current.chatbot.search("程大同 白鹭水库")).not.toContainEqual(
      expect.objectContaining({ passage: expect.objectContaining({ articleId: "reservoir" }) }),
    );
    expect(await isCollected(first)).toBe(true);
  });

  it("goes on answering where every article is gone, and takes up the next one", async () => {
    const { config, live, reindexer, ask } = await followed({ "bridge.txt": BRIDGE });
    await rm(join(config.corpusFolder, "bridge.txt"));
    await expect.poll(() => reindexer.status.state, PATIENT).toBe("failed");
    expect(reindexer.status.failure?.code).toBe("CORPUS_EMPTY");
    expect((await ask("青溪大桥由谁设计？")).citations[0]?.quote).toContain("沈仲安");
    await writeFile(join(config.corpusFolder, "lake.txt"), LAKE);
    await expect.poll(() => [...live.current.chatbot.articles.keys()], PATIENT).toEqual(["lake"]);
  });
});

describe("indexing in a process of its own", { timeout: 120_000 }, () => {
  const sourcesWith = async (files: Readonly<Record<string, string>>) => ({
    corpusFolder: await folderWith(files),
    indexFolder: await folderWith({}),
    model: "zh-news-embed-v1",
  });

  it("says what fails there as it is", async () => {
    const sources = await sourcesWith({});
    await expect(indexInProcess(sources)).rejects.toMatchObject({ code: "CORPUS_EMPTY" });
    await expect(indexInProcess({ ...sources, model: "/nonexistent" })).rejects.toMatchObject({
      code: "MODEL_NOT_FOUND",
    });
  });

  it("is told to stop: it leaves neither lock nor process", async () => {
    const sources = await sourcesWith({ "bridge.txt": BRIDGE });
    const ending = new AbortController();
    const running = indexInProcess(sources, {
      signal: ending.signal,
      onProgress: () => ending.abort("SIGTERM"),
    });
    await expect(running).rejects.toMatchObject({ code: "ABORTED" });
    expect(await readdir(sources.indexFolder)).not.toContain("lock");
    expect(childrenOf(process.pid, "indexing-worker")).toEqual([]);
  });

  it("dies: that is said, and the next run takes the index over", async () => {
    const sources = await sourcesWith({ "bridge.txt": BRIDGE });
    const running = indexInProcess(sources, {
      onProgress: () => {
        for (const pid of childrenOf(process.pid, "indexing-worker")) process.kill(pid, "SIGKILL");
      },
    });
    await expect(running).rejects.toMatchObject({
      code: "INDEXING_FAILED",
      message: expect.stringContaining("SIGKILL"),
    });
    const { report } = await indexInProcess(sources);
    expect(report.articles).toBe(1);
  });
});

async function isCollected(reference: WeakRef<object>): Promise<boolean> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  for (let tries = 0; tries < 50 && reference.deref(); tries++) {
    await delay(20);
    collect();
  }
  return reference.deref() === undefined;
}

/** The numbers of the processes that one has started and whose command holds a word. */
function childrenOf(pid: number, word: string): number[] {
  const { stdout } = spawnSync("ps", ["-o", "pid=,args=", "--ppid", String(pid)], { encoding: "utf8" });
  return stdout
    .split("\n")
    .filter((line) => line.includes(word))
    .map((line) => Number.parseInt(line, 10));
}
