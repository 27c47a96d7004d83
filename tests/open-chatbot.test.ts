import { readdirSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { readCalibration } from "../src/answer/calibration/calibration-store.ts";
import { Chatbot } from "../src/chatbot.ts";
import {
  indexCorpus,
  type OpenOptions,
  openChatbot,
  type Sources,
  suggestFrom,
} from "../src/open-chatbot.ts";
import { copyModel } from "./support/indexes/model-folder.ts";
import { folderWith } from "./support/servers/served-chatbot.ts";

const CENTRE = "志愿服务\n\n湘潭市志愿服务中心拥有注册志愿者2800名。2017年，吴孟超院士工作站于株洲挂牌。\n";
const BRIDGE = "青溪大桥\n\n青溪大桥由工程师沈仲安设计，1931年建成通车，全长412米。\n";
const LAKE = "白鹭水库\n\n白鹭水库由工程师顾维钧主持修建，1958年蓄水，可灌溉九万亩田。\n";

describe("opening a chatbot", { timeout: 60_000 }, () => {
  it("brings its index up to date first", async () => {
    const sources = await indexed();
    await writeFile(join(sources.corpusFolder, "lake.txt"), LAKE);
    const { articles, report } = await opened(sources);
    expect([articles, report?.articles]).toEqual([["bridge", "lake"], 2]);
  });

  it("opens the index as it stands where that is asked for, with the calibration that it has", async () => {
    const sources = await indexed();
    const [generation] = await generationsOf(sources);
    const known = await readCalibration(sources.indexFolder, generation!);
    await writeFile(join(sources.corpusFolder, "lake.txt"), LAKE);
    const { articles, report, calibration } = await opened(sources, { asItStands: true });
    expect([articles, report]).toEqual([["bridge"], undefined]);
    expect(known).toMatchObject(calibration);
    expect(await generationsOf(sources)).toEqual([generation]);
  });

  it("builds one where none stands, whatever is asked for", async () => {
    const sources = await indexed();
    await rm(sources.indexFolder, { recursive: true });
    const { articles, report } = await opened(sources, { asItStands: true });
    expect([articles, report?.articles]).toEqual([["bridge"], 1]);
  });

  it("refuses an index of another model as it stands, and does not replace it", async () => {
    const sources = await indexed();
    const [generation] = await generationsOf(sources);
    const other = { ...sources, model: await copyModel(await folderWith({})) };
    await expect(openChatbot(other, { asItStands: true })).rejects.toMatchObject({ code: "INDEX_MISMATCH" });
    expect(await generationsOf(sources)).toEqual([generation]);
  });
});

describe("questions to begin with", { timeout: 60_000 }, () => {
  afterEach(() => void vi.restoreAllMocks());

  it("are looked for when somebody wants to show them, not by who opens a chatbot or indexes", async () => {
    const asked = vi.spyOn(Chatbot.prototype, "ask");
    const sources = await indexed({ "centre.txt": CENTRE });
    const { chatbot, close } = await openChatbot(sources);
    onTestFinished(close);
    expect(asked).not.toHaveBeenCalled();
    const suggestions = await suggestFrom(chatbot);
    expect(suggestions.length).toBeGreaterThan(0);
    expect(asked.mock.calls.map(([question]) => question)).toEqual(expect.arrayContaining(suggestions));
  });
});

describe("indexing", { timeout: 60_000 }, () => {
  it("leaves every generation with its calibration", async () => {
    const sources = await indexed();
    await writeFile(join(sources.corpusFolder, "lake.txt"), LAKE);
    await indexCorpus(sources);
    const generations = await generationsOf(sources);
    expect(generations).toHaveLength(2);
    for (const generation of generations)
      expect(await readCalibration(sources.indexFolder, generation)).toBeDefined();
  });

  it("that is interrupted while it calibrates leaves the earlier generation alone", async () => {
    const sources = await indexed();
    const before = await generationsOf(sources);
    await writeFile(join(sources.corpusFolder, "lake.txt"), LAKE);
    const ending = new AbortController();
    const watch = setInterval(() => {
      if (isBeingCompleted(sources)) ending.abort("SIGINT");
    }, 2);
    const run = indexCorpus(sources, { signal: ending.signal }).finally(() => clearInterval(watch));
    await expect(run).rejects.toMatchObject({ code: "ABORTED" });
    expect(await generationsOf(sources)).toEqual(before);
    expect(await readdir(sources.indexFolder)).not.toContain("lock");
  });
});

async function indexed(files: Readonly<Record<string, string>> = { "bridge.txt": BRIDGE }): Promise<Sources> {
  const corpusFolder = await folderWith(files);
  const sources = { corpusFolder, indexFolder: await folderWith({}), model: "zh-news-embed-v1" };
  await indexCorpus(sources);
  return sources;
}

async function opened(sources: Sources, options: OpenOptions = {}) {
  const { chatbot, report, calibration, close } = await openChatbot(sources, options);
  await close();
  return { articles: [...chatbot.articles.keys()], report, calibration };
}

async function generationsOf({ indexFolder }: Sources): Promise<string[]> {
  return (await readdir(join(indexFolder, "generations"))).sort();
}

/** A second generation has its facts, and not yet its calibration. */
function isBeingCompleted({ indexFolder }: Sources): boolean {
  const files = readdirSync(join(indexFolder, "generations"), { recursive: true }).map(String);
  const count = (name: string) => files.filter((file) => file.endsWith(name)).length;
  return count("generation.json") === 2 && count("calibration.json") === 1;
}
