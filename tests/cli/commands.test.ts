import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { listen } from "../../src/server/start-server.ts";
import { runWenju } from "../support/run-wenju.ts";
import { ask, folderWith } from "../support/servers/served-chatbot.ts";

const ARTICLES = {
  "yiyuan.txt":
    "一颗红心向党\n\n刘毅带领74名白衣战士与病毒鏖战，奋战53天。他们在黄冈累计治愈出院患者74例。\n",
  "xuexiao.md": "---\ntitle: 百年名校\nsource: 长沙晚报\n---\n\n学校创办于1903年，如今有教师312人。\n",
};
const QUESTION = "刘毅带领多少名白衣战士？";

describe("wenju index", () => {
  it("indexes a folder, and nothing again when nothing has changed", async () => {
    const flags = await foldersWith(ARTICLES);
    const first = await runWenju(["index", ...flags]);
    expect(first).toMatchObject({ exitCode: 0, stdout: "" });
    expect(first.stderr).toContain("2 articles");
    const second = await runWenju(["index", ...flags]);
    expect(second.exitCode).toBe(0);
    expect(second.stderr).toContain("Nothing has changed");
  });

  it("names the files it cannot read, and indexes the rest", async () => {
    const flags = await foldersWith({ ...ARTICLES, "kong.txt": "" });
    const { exitCode, stderr } = await runWenju(["index", ...flags]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("kong.txt");
  });
});

describe("wenju ask", () => {
  it("answers with a quote and its place, indexing first where it must", async () => {
    const { exitCode, stdout, stderr } = await runWenju(["ask", QUESTION, ...(await foldersWith(ARTICLES))]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("[1] “刘毅带领74名白衣战士");
    expect(stdout).toContain("yiyuan");
    expect(stderr).toContain("2 articles");
  });

  it("prints one JSON document and nothing else on stdout", async () => {
    const flags = await foldersWith(ARTICLES);
    const { stdout } = await runWenju(["ask", "--json", ...flags, QUESTION]);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ question: QUESTION, status: "answered", mode: "extractive" });
    expect(answer.citations[0].articleId).toBe("yiyuan");
  });

  it("says so where no article answers, and exits 0", async () => {
    const flags = await foldersWith(ARTICLES);
    const { exitCode, stdout } = await runWenju(["ask", "--json", ...flags, "火星上的火山有多高？"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: "no-evidence", citations: [] });
  });
});

describe("wenju serve", () => {
  it("prints its address, answers, and exits 0 when told to stop", async () => {
    const stop = new AbortController();
    let answer: unknown;
    const onOutput = async (text: string) => {
      const url = /^http:\/\/\S+$/m.exec(text)?.[0];
      if (!url) return;
      answer = await (await ask(url, { question: QUESTION })).json();
      stop.abort("SIGTERM");
    };
    const args = ["serve", "--port", "0", ...(await foldersWith(ARTICLES))];
    const { exitCode, stdout } = await runWenju(args, { signal: stop.signal, onOutput });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(answer).toMatchObject({ status: "answered" });
  });

  it("says in one line that a port is taken, before it indexes, and exits 2", async () => {
    const occupant = createServer();
    onTestFinished(() => void occupant.close());
    const port = await listen(occupant, "127.0.0.1", 0);
    const { exitCode, stderr } = await runWenju([
      "serve",
      "--port",
      String(port),
      ...(await foldersWith(ARTICLES)),
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^Error: [^\n]*another program uses this port[^\n]*\n$/);
  });
});

describe("wenju eval", () => {
  const SET = [
    { id: "1", kind: "fact", q: QUESTION, article: "yiyuan", answer: ["74名"] },
    { id: "2", kind: "none", q: "火星上的火山有多高？" },
  ];
  const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");

  it("prints figures for each kind of question, as tables or as JSON", async () => {
    const file = join(await folderWith({ "set.jsonl": lines(SET) }), "set.jsonl");
    const flags = await foldersWith(ARTICLES);
    const table = await runWenju(["eval", file, ...flags]);
    expect(table.exitCode).toBe(0);
    expect(table.stdout).toMatch(/^fact +1 /m);
    const report = JSON.parse((await runWenju(["eval", "--json", file, ...flags])).stdout);
    expect(report).toMatchObject({ questionSet: "set.jsonl", articles: 2, all: { questions: 2 } });
    expect(Object.keys(report.kinds)).toEqual(["fact", "none"]);
  });

  it("names the lines of a set that cannot be used, and a set that is not there", async () => {
    const file = join(await folderWith({ "set.jsonl": `${lines(SET)}\n{"id":` }), "set.jsonl");
    const broken = await runWenju(["eval", file]);
    expect(broken.exitCode).toBe(1);
    expect(broken.stderr).toContain("line 3");
    const missing = await runWenju(["eval", "/nonexistent/set.jsonl"]);
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toContain("/nonexistent/set.jsonl");
  });
});

describe("wenju doctor", () => {
  it("passes where everything is in order", async () => {
    const { exitCode, stdout } = await runWenju(["doctor", "--port", "0", ...(await foldersWith(ARTICLES))]);
    expect(stdout).not.toContain("✗");
    expect(stdout.match(/^✓ /gm)).toHaveLength(10);
    expect(exitCode).toBe(0);
  });

  it("names what is wrong, goes on with the rest, and exits 1", async () => {
    const flags = [
      "--corpus",
      "/nonexistent/articles",
      "--model",
      "/nonexistent/model",
      "--index",
      "/dev/null/index",
    ];
    const { exitCode, stdout, stderr } = await runWenju(["doctor", "--port", "0", ...flags]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✗ model .*\/nonexistent\/model/m);
    expect(stdout).toMatch(/^✗ articles .*\/nonexistent\/articles/m);
    expect(stdout).toMatch(/^✓ port/m);
    expect(stderr).toMatch(/checks failed/);
  });
});

describe("bad input", () => {
  it.each([["index"], ["ask", QUESTION], ["serve", "--port", "0"]])(
    "wenju %s names a missing folder",
    async (...args) => {
      const { exitCode, stdout, stderr } = await runWenju([...args, "--corpus", "/nonexistent/articles"]);
      expect(exitCode).toBe(1);
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^Error: [^\n]*\/nonexistent\/articles[^\n]*\n$/);
    },
  );

  it("names a folder without articles", async () => {
    const { exitCode, stderr } = await runWenju(["index", ...(await foldersWith({ "tu.png": "图" }))]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("tu.png");
  });

  it("names a model that is not there, and a model's missing file", async () => {
    const flags = await foldersWith(ARTICLES);
    const unknown = await runWenju(["index", ...flags, "--model", "bert-of-nowhere"]);
    expect(unknown.exitCode).toBe(1);
    expect(unknown.stderr).toContain("bert-of-nowhere");
    const folder = await folderWith({ "config.json": "{}" });
    const half = await runWenju(["index", ...flags, "--model", folder]);
    expect(half.exitCode).toBe(1);
    expect(half.stderr).toContain("tokenizer.json");
  });

  it("says that an index folder cannot be written", async () => {
    const corpus = await folderWith(ARTICLES);
    const { exitCode, stderr } = await runWenju(["index", "--corpus", corpus, "--index", "/dev/null/index"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("/dev/null/index");
  });

  it("answers from a rebuilt index where every file of it was damaged", async () => {
    const flags = await foldersWith(ARTICLES);
    await runWenju(["index", ...flags]);
    const indexFolder = flags.at(-1)!;
    for (const path of await readdir(indexFolder, { recursive: true })) {
      const file = join(indexFolder, path);
      const bytes = await readFile(file).catch(() => undefined);
      if (bytes) await writeFile(file, bytes.subarray(0, bytes.length / 2));
    }
    const { exitCode, stdout } = await runWenju(["ask", QUESTION, ...flags]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("74名白衣战士");
  });

  it("is interrupted in order: exit 130, and the index folder serves the next run", async () => {
    const flags = await foldersWith(ARTICLES);
    const interrupted = await runWenju(["index", ...flags], { signal: AbortSignal.abort("SIGINT") });
    expect(interrupted.exitCode).toBe(130);
    expect((await runWenju(["index", ...flags])).exitCode).toBe(0);
  });
});

/** A corpus of its own and an empty index folder, as flags. */
async function foldersWith(files: Readonly<Record<string, string>>): Promise<string[]> {
  const index = await folderWith({});
  await rm(index, { recursive: true });
  return ["--corpus", await folderWith(files), "--index", index];
}
