import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EvaluationReport } from "../../src/evaluation/report/evaluation-report.ts";
import { runWenju } from "../support/run-wenju.ts";
import { folderWith } from "../support/servers/served-chatbot.ts";

const ARTICLES = {
  "yiyuan.txt":
    "一颗红心向党\n\n刘毅带领74名白衣战士与病毒鏖战，奋战53天。他们在黄冈累计治愈出院患者68例。\n",
  "xuexiao.md": "---\ntitle: 百年名校\nsource: 长沙晚报\n---\n\n学校创办于1903年，如今有教师312人。\n",
};
const QUESTIONS = [
  { id: "team", kind: "fact", q: "刘毅带领多少名白衣战士？", article: "yiyuan", answer: ["74名"] },
  { id: "school", kind: "fact", q: "学校创办于哪一年？", article: "xuexiao", answer: ["1903 年"] },
  { id: "mars", kind: "none", q: "火星上的火山有多高？" },
];

describe("wenju eval", () => {
  it("prints tables on stdout, and how far it is on stderr", async () => {
    const { eval: run } = await setUp(QUESTIONS);
    const { exitCode, stdout, stderr } = await run();
    expect(exitCode).toBe(0);
    expect(stdout).toContain("questions.jsonl: 3 questions; 2 articles");
    expect(stdout).toMatch(/^fact +2 +100 \[100–100\]/m);
    expect(stdout).toMatch(/^none +1 +–/m);
    expect(stderr).toContain("Asking 3/3");
  });

  it("speaks Chinese to Chinese readers", async () => {
    const { eval: run } = await setUp(QUESTIONS);
    const { stdout, stderr } = await run([], { environment: { LANG: "zh_CN.UTF-8" } });
    expect(stdout).toContain("questions.jsonl：3 题");
    expect(stderr).toContain("提问 3/3");
  });

  it.each(["hybrid", "keyword", "vector"])(
    "prints one JSON document with --json, here with the %s retriever",
    async (name) => {
      const { eval: run } = await setUp(QUESTIONS);
      const { stdout } = await run(["--json", "--retriever", name]);
      const report: EvaluationReport = JSON.parse(stdout);
      expect(report).toMatchObject({
        format: 1,
        retriever: name,
        questionSet: "questions.jsonl",
        articles: 2,
      });
      expect(report.results.map(({ id }) => id)).toEqual(["team", "school", "mars"]);
      expect(report.citations.atTheirSpan).toBe(report.citations.count);
      expect(report.citations.inTheirFile).toBe(report.citations.count);
      expect(report.results.every(({ hits }) => hits.length > 0)).toBe(true);
    },
  );

  it("writes a page next to the tables with --html", async () => {
    const { eval: run, folder } = await setUp(QUESTIONS);
    const page = join(folder, "report.html");
    const { exitCode, stdout, stderr } = await run(["--html", page]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("questions.jsonl: 3 questions");
    expect(stderr).toContain(page);
    expect(await readFile(page, "utf8")).toMatch(/^<!doctype html>[\s\S]*<svg [\s\S]*<\/html>\n$/);
  });

  it("tells which questions cannot be answered rightly, and asks them all the same", async () => {
    const { eval: run } = await setUp([
      ...QUESTIONS,
      { id: "lost", kind: "fact", q: "院长是谁？", article: "gongchang", answer: ["王伟"] },
    ]);
    const { exitCode, stdout, stderr } = await run();
    expect(exitCode).toBe(0);
    expect(stdout).toContain("4 questions");
    expect(stderr).toContain("Question lost: there is no article gongchang");
  });
});

describe("wenju eval --baseline", () => {
  it("exits 0 and says so where nothing was lost", async () => {
    const { eval: run, folder } = await setUp(QUESTIONS);
    const baseline = join(folder, "baseline.json");
    await writeFile(baseline, (await run(["--json"])).stdout);
    const { exitCode, stdout } = await run(["--baseline", baseline]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("3 questions are the baseline's");
    expect(stdout).toContain("No loss goes beyond the 95 % interval.");
  });

  it("exits 1 and names the questions where answers got worse", async () => {
    const impossible = Array.from({ length: 8 }, (_, i) => ({
      id: `q${i}`,
      kind: "fact",
      q: `学校创办于哪一年？（第${i}次问）`,
      article: "xuexiao",
      answer: ["1904年"],
    }));
    const { eval: run, folder } = await setUp(impossible);
    const report: EvaluationReport = JSON.parse((await run(["--json"])).stdout);
    for (const { scores } of report.results) scores["citationHit@3"] = 1;
    const baseline = join(folder, "baseline.json");
    await writeFile(baseline, JSON.stringify(report));
    const { exitCode, stdout } = await run(["--baseline", baseline]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("Loss  quote@3: 100 → 0");
    expect(stdout).toContain("Lost: q0 q1 q2 q3 q4 q5 q6 q7");
    const json = await run(["--baseline", baseline, "--json"]);
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ format: 1 });
    expect(json.stderr).toContain("Lost: q0");
  });

  it("is refused where it is no report, or of other questions, before or after the questions are asked", async () => {
    const { eval: run, folder, questions } = await setUp(QUESTIONS);
    const broken = await run(["--baseline", questions]);
    expect(broken).toMatchObject({ exitCode: 1, stdout: "" });
    expect(broken.stderr).toMatch(/^Error: The baseline [^\n]*questions\.jsonl is no report[^\n]*\n$/);
    const report: EvaluationReport = JSON.parse((await run(["--json"])).stdout);
    const foreign = join(folder, "foreign.json");
    await writeFile(foreign, JSON.stringify({ ...report, results: [], questionSet: "other.jsonl" }));
    const { exitCode, stderr } = await run(["--baseline", foreign]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/The baseline \(other\.jsonl\) has none of the questions of questions\.jsonl/);
  });
});

describe("bad input to wenju eval", () => {
  it("is named with its line, before anything is indexed", async () => {
    const { eval: run } = await setUp([QUESTIONS[0], { id: "b", kind: "fact", q: "谁？" }]);
    const { exitCode, stdout, stderr } = await run();
    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^Error: questions\.jsonl, line 2: [^\n]*\n$/);
  });

  it("may be a file that is not there", async () => {
    const { exitCode, stderr } = await runWenju(["eval", "/nonexistent/questions.jsonl"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: [^\n]*\/nonexistent\/questions\.jsonl[^\n]*\n$/);
  });

  it.each([
    [["--retriever", "bm25"], "--retriever must be one of hybrid, keyword, vector"],
    [["--html", "/nonexistent/report.html"], "--html cannot write /nonexistent/report.html"],
  ])("may be a flag's value: %j", async (args, message) => {
    const { eval: run } = await setUp(QUESTIONS);
    const { exitCode, stdout, stderr } = await run(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});

/** A corpus, an empty index folder and a question set of their own, and `wenju eval` over them. */
async function setUp(rows: readonly unknown[]) {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const folder = await folderWith({ "questions.jsonl": lines });
  const questions = join(folder, "questions.jsonl");
  const flags = ["--corpus", await folderWith(ARTICLES), "--index", join(folder, "index")];
  const run = (args: readonly string[] = [], options: Parameters<typeof runWenju>[1] = {}) =>
    runWenju(["eval", questions, ...flags, ...args], options);
  return { eval: run, folder, questions };
}
