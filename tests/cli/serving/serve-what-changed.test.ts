import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lockIndex } from "../../../src/indexing/generation/index-lock.ts";
import { runWenju } from "../../support/run-wenju.ts";
import { type ServeProcess, startServe } from "../../support/servers/serve-process.ts";
import { ask, folderWith } from "../../support/servers/served-chatbot.ts";

const BRIDGE = "青溪大桥\n\n青溪大桥由工程师沈仲安设计，1931年建成通车，全长412米。\n";
const LAKE = "白鹭水库\n\n白鹭水库由工程师顾维钧主持修建，1958年蓄水，可灌溉九万亩田。\n";
const MILL = "丰年面粉厂\n\n丰年面粉厂由商人许季同创办，1926年投产，每天磨面三千袋。\n";
const PATIENT = { timeout: 60_000, interval: 50 };
const BEHIND = /The articles have changed: they are being indexed in the background/;
const FAILED = /The index was not updated; the old one goes on answering/;

describe("wenju serve where the articles have changed since they were indexed", { timeout: 180_000 }, () => {
  it("answers at once from the earlier index, then from what was added, edited and not from what was deleted", async () => {
    const place = await indexed({ "bridge.txt": BRIDGE, "lake.txt": LAKE });
    await writeFile(join(place.corpus, "mill.txt"), MILL);
    await writeFile(join(place.corpus, "bridge.txt"), BRIDGE.replace("沈仲安", "程大同"));
    await rm(join(place.corpus, "lake.txt"));
    const lock = await lockIndex(place.index); // nothing can be indexed yet
    const server = startServe(place);
    const url = await server.url;
    await server.says(BEHIND);
    expect(await articlesOf(url)).toEqual(["bridge", "lake"]);
    expect(await quoteFor(url, "青溪大桥由谁设计？")).toContain("沈仲安");
    await server.says(FAILED);
    expect(server.said()).toContain("The index is being written by process");

    await lock.release();
    await expect.poll(() => articlesOf(url), PATIENT).toEqual(["bridge", "mill"]);
    expect(await quoteFor(url, "青溪大桥由谁设计？")).toContain("程大同");
    expect(await quoteFor(url, "丰年面粉厂由谁创办？")).toContain("许季同");
    expect((await fetch(`${url}/api/articles/lake`)).status).toBe(404);
    await server.says(/Indexed 2 articles[\s\S]*From now on the updated index answers/);
    expect(server.said().match(FAILED)).toHaveLength(1);
    expect(await holdsText(place.index, "顾维钧")).toBe(false);
    expect(await server.stop()).toBe(0);
    expect(childrenOf(server.pid)).toEqual([]);
  });

  it("says nothing and starts nothing where nothing has changed", async () => {
    const place = await indexed({ "bridge.txt": BRIDGE });
    const server = startServe(place);
    const url = await server.url;
    const before = await everythingBelow(place.index);
    expect(await quoteFor(url, "青溪大桥由谁设计？")).toContain("沈仲安");
    expect(childrenOf(server.pid)).toHaveLength(1); // the model
    expect(await server.stop()).toBe(0);
    expect(server.said()).not.toMatch(/in the background|Indexed/);
    expect(await everythingBelow(place.index)).toEqual(before);
  });

  it("goes on with the earlier index where the folder cannot be written, and says why once", async () => {
    const place = await indexed({ "bridge.txt": BRIDGE });
    await writeFile(join(place.corpus, "lake.txt"), LAKE);
    const server = startServe({ ...place, before: "ulimit -f 0" });
    const url = await server.url;
    await server.says(FAILED);
    expect(server.said()).toContain(`The index folder ${place.index} cannot be written`);
    expect(await quoteFor(url, "青溪大桥由谁设计？")).toContain("沈仲安");
    expect(await articlesOf(url)).toEqual(["bridge"]);
    expect(await server.stop()).toBe(0);
  });

  it.each([
    ["it has just begun", async () => {}],
    [
      "it writes the new generation",
      async ({ index }: Place) => {
        const generations = () => readdir(join(index, "generations"));
        await expect.poll(async () => (await generations()).length, { ...PATIENT, interval: 2 }).toBe(2);
      },
    ],
  ])("is told to stop when %s: it ends in order, and the next start finishes", async (_when, comes) => {
    const place = await indexed({ "bridge.txt": BRIDGE });
    await writeFile(join(place.corpus, "lake.txt"), LAKE);
    const server = startServe(place);
    await server.says(BEHIND);
    await comes(place);
    expect(await server.stop()).toBe(0);
    expect(childrenOf(server.pid)).toEqual([]);
    expect(await readdir(join(place.index, "generations"))).toHaveLength(1);
    const left = await readdir(place.index, { recursive: true });
    expect(left.filter((name) => name === "lock" || name.endsWith(".tmp"))).toEqual([]);
    expect(server.said()).not.toMatch(FAILED);

    const next = startServe(place);
    const url = await next.url;
    await expect.poll(() => articlesOf(url), PATIENT).toEqual(["bridge", "lake"]);
    await expect.poll(() => readdir(place.index), PATIENT).not.toContain("vectors.journal");
    expect(await next.stop()).toBe(0);
  });

  it("does so in two processes over one index folder: both come to the new articles", async () => {
    const place = await indexed({ "bridge.txt": BRIDGE });
    await writeFile(join(place.corpus, "lake.txt"), LAKE);
    const servers = [startServe(place), startServe(place)];
    for (const { url } of servers) {
      await expect.poll(async () => articlesOf(await url), PATIENT).toEqual(["bridge", "lake"]);
      expect(await quoteFor(await url, "白鹭水库由谁主持修建？")).toContain("顾维钧");
    }
    for (const server of servers) {
      await server.says(/From now on the updated index answers/);
      expect(await server.stop()).toBe(0);
    }
    expect(await readdir(place.index)).not.toContain("lock");
  });
});

describe("wenju serve where the index is not in order", { timeout: 180_000 }, () => {
  it("clears away what a killed run left, which may be deleted text, and says so", async () => {
    const place = await indexed({ "bridge.txt": BRIDGE });
    const other = await indexed({ "lake.txt": LAKE });
    await cp(join(other.index, "generations"), join(place.index, "generations"), { recursive: true });
    expect(await holdsText(place.index, "顾维钧")).toBe(true);
    const server = startServe(place);
    expect(await quoteFor(await server.url, "青溪大桥由谁设计？")).toContain("沈仲安");
    await server.says(/The index has to be put in order[\s\S]*Nothing has changed/);
    expect(await holdsText(place.index, "顾维钧")).toBe(false);
    expect(await server.stop()).toBe(0);
  });

  it("serves the generation before, with a warning, where the newest is damaged, and makes it again", async () => {
    const place = await indexed({ "bridge.txt": BRIDGE });
    await writeFile(join(place.corpus, "lake.txt"), LAKE);
    await runWenju(["index", "--corpus", place.corpus, "--index", place.index]);
    const newest = (await readdir(join(place.index, "generations"))).sort().at(-1)!;
    await truncate(join(place.index, "generations", newest, "vectors.hnsw"), 100);
    const server = startServe(place);
    const url = await server.url;
    expect(server.said()).toMatch(/Warning: [\s\S]*vectors.hnsw is damaged/);
    await server.says(/The index has to be put in order/);
    await expect.poll(() => articlesOf(url), PATIENT).toEqual(["bridge", "lake"]);
    await server.says(/Indexed 2 articles[\s\S]*From now on the updated index answers/);
    expect(await server.stop()).toBe(0);
  });

  it("builds first where no generation is whole", async () => {
    const place = await indexed({ "bridge.txt": BRIDGE });
    const [only] = await readdir(join(place.index, "generations"));
    await truncate(join(place.index, "generations", only!, "articles.jsonl"), 10);
    const server = startServe(place);
    expect(await quoteFor(await server.url, "青溪大桥由谁设计？")).toContain("沈仲安");
    expect(server.said()).toMatch(/Indexed 1 articles/);
    expect(await server.stop()).toBe(0);
  });

  it.each([
    ["is gone", (corpus: string) => rm(corpus, { recursive: true }), "There is no corpus folder"],
    ["holds no article", (corpus: string) => rm(join(corpus, "bridge.txt")), "holds no articles"],
  ])("does not start where the corpus folder %s, though an index stands", async (_what, change, message) => {
    const place = await indexed({ "bridge.txt": BRIDGE });
    await change(place.corpus);
    const flags = ["--port", "0", "--corpus", place.corpus, "--index", place.index];
    const { exitCode, stdout, stderr } = await runWenju(["serve", ...flags]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
  });
});

type Place = { readonly corpus: string; readonly index: string };

/** By their files: the indexes that were made, to be copied. */
const made = new Map<string, string>();
afterAll(async () => {
  for (const index of made.values()) await rm(index, { recursive: true });
});

/** A corpus of its own and its index. */
async function indexed(files: Readonly<Record<string, string>>): Promise<Place> {
  const place = { corpus: await folderWith(files), index: join(await folderWith({}), "index") };
  const key = JSON.stringify(files);
  if (!made.has(key)) made.set(key, await indexOf(place.corpus));
  await cp(made.get(key)!, place.index, { recursive: true });
  return place;
}

async function indexOf(corpus: string): Promise<string> {
  const index = await mkdtemp(join(tmpdir(), "wenju-index-"));
  const { exitCode } = await runWenju(["index", "--corpus", corpus, "--index", index]);
  expect(exitCode).toBe(0);
  return index;
}

async function articlesOf(url: string): Promise<string[]> {
  const { articles } = await (await fetch(`${url}/api/articles`)).json();
  return articles.map(({ id }: { id: string }) => id).sort();
}

async function quoteFor(url: string, question: string): Promise<string> {
  const { citations } = await (await ask(url, { question })).json();
  return citations[0]?.quote ?? "";
}

async function holdsText(folder: string, text: string): Promise<boolean> {
  return (await everythingBelow(folder)).some(([, bytes]) => bytes.includes(Buffer.from(text)));
}

/** Every file and what is in it. */
async function everythingBelow(folder: string): Promise<[string, Buffer][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.sort().map(async (file): Promise<[string, Buffer]> => [file, await readFile(file)]),
  );
}

/** The numbers of the processes that one has started. */
function childrenOf(pid: ServeProcess["pid"]): number[] {
  const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
  return stdout
    .split("\n")
    .filter((line) => line.trim())
    .map(Number);
}
