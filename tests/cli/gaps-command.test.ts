import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readQuestionSet } from "../../src/evaluation/question-set.ts";
import { runWenju } from "../support/run-wenju.ts";
import { folderWith } from "../support/servers/served-chatbot.ts";

const ARTICLES = {
  "yiyuan.txt":
    "一颗红心向党\n\n刘毅带领74名白衣战士与病毒鏖战，奋战53天。他们在黄冈累计治愈出院患者74例。\n",
  "xuexiao.md": "---\ntitle: 百年名校\nsource: 长沙晚报\n---\n\n学校创办于1903年，如今有教师312人。\n",
};
const CHINESE = { LANG: "zh_CN.UTF-8" };

describe("wenju gaps", () => {
  it("lists what was asked in vain, grouped by meaning, and what is answered by now", async () => {
    const flags = await askedInVain();
    const { exitCode, stdout } = await runWenju(["gaps", ...flags, "--json"]);
    expect(exitCode).toBe(0);
    const { asked, gaps, more } = JSON.parse(stdout);
    expect({ asked, more }).toEqual({ asked: 6, more: 0 });
    expect(gaps).toEqual([
      {
        number: 1,
        question: "停车要多少钱？",
        otherWordings: ["停车多少钱"],
        count: 3,
        unanswered: 3,
        disliked: 0,
        lastAt: daysAgo(2),
        articles: ["yiyuan", "xuexiao"],
        now: { status: "no-evidence" },
      },
      {
        number: 2,
        question: "刘毅带领多少名白衣战士？",
        otherWordings: [],
        count: 2,
        unanswered: 1,
        disliked: 1,
        lastAt: daysAgo(1),
        articles: ["xuexiao"],
        now: { status: "answered", quote: expect.stringContaining("74名白衣战士") },
      },
      expect.objectContaining({ number: 3, question: "食堂几点开饭？", count: 1, lastAt: daysAgo(40) }),
    ]);
  });

  it("says it in Chinese and English", async () => {
    const flags = await askedInVain();
    const chinese = await runWenju(["gaps", ...flags], { environment: CHINESE });
    expect(chinese.stdout).toContain(
      `1. 停车要多少钱？\n   3 次，最近 ${daysAgo(2).slice(0, 10)}\n   也问作：停车多少钱`,
    );
    expect(chinese.stdout).toContain("最接近的文章：yiyuan；xuexiao\n   现在仍然答不上。");
    expect(chinese.stdout).toMatch(/2 次（其中 1 次是读者不满意回答）[\s\S]*现在能回答： “[^”]*74名/);
    const english = await runWenju(["gaps", ...flags]);
    expect(english.stdout).toContain("3 times, last on");
    expect(english.stdout).toMatch(/2 times \(1 of them an answer rated down\)[\s\S]*Answered by now: “/);
    expect(english.stdout).toContain("Still not answered.");
  });

  it("lists those of the last days only, where it is told so", async () => {
    const flags = await askedInVain();
    const { stdout } = await runWenju(["gaps", ...flags, "--json", "--days", "30"]);
    expect(JSON.parse(stdout)).toMatchObject({ asked: 5, gaps: [{ count: 3 }, { count: 2 }] });
  });

  it("says that there are none", async () => {
    const flags = await askedInVain([], []);
    expect(await runWenju(["gaps", ...flags])).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: "No reader has asked in vain.\n",
    });
    expect((await runWenju(["gaps", ...flags, "--json"])).stdout).toBe('{"asked":0,"gaps":[],"more":0}\n');
  });

  it("promotes one into a set that wenju eval reads", async () => {
    const flags = await askedInVain();
    const set = join(await folderWith({}), "set.jsonl");
    const first = await runWenju(["gaps", ...flags, "--promote", "1", "--set", set]);
    expect(first).toMatchObject({
      exitCode: 0,
      stdout: '{"id":"gap-1","kind":"none","q":"停车要多少钱？"}\n',
    });
    expect(first.stderr).toContain(`Added to ${set}.`);
    const answer = ["--article", "yiyuan", "--answer", "74名"];
    expect(await runWenju(["gaps", ...flags, "--promote", "2", "--set", set, ...answer])).toMatchObject({
      exitCode: 0,
    });
    expect(await readQuestionSet(set)).toMatchObject([
      { id: "gap-1", kind: "none", question: "停车要多少钱？" },
      { id: "gap-2", kind: "fact", articles: ["yiyuan"], answers: ["74名"] },
    ]);
    expect((await runWenju(["eval", set, ...flags, "--json"])).exitCode).toBe(0);
  });

  it("refuses what is no question of the list or no line of a set, and says why", async () => {
    const flags = await askedInVain();
    const set = join(await folderWith({ "set.jsonl": "" }), "set.jsonl");
    const promote = (...rest: string[]) => runWenju(["gaps", ...flags, "--promote", ...rest]);
    const beyond = await promote("9", "--set", set);
    expect(beyond.exitCode).toBe(2);
    expect(beyond.stderr).toContain("the list has 3");
    const wrong = await promote("2", "--set", set, "--article", "yiyuan", "--answer", "75名");
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toContain("its answer does not stand in yiyuan");
    expect(await readFile(set, "utf8")).toBe("");
  });

  it.each([
    [["--promote", "1"], "--set"],
    [["--promote", "eins", "--set", "a"], "eins"],
    [["--promote", "0", "--set", "a"], "0"],
    [["--promote", "1", "--set", "a", "--article", "b"], "--answer"],
    [["--set", "a"], "--promote"],
    [["--days", "0"], "--days"],
    [["--days", "2.5"], "--days"],
  ])("refuses %j before any work is done", async (flags, word) => {
    const { exitCode, stdout, stderr } = await runWenju(["gaps", ...flags]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^Error: [^\n]+\n$/);
    expect(stderr).toContain(word);
  });
});

const NOW = Date.now();

function daysAgo(days: number): string {
  return new Date(NOW - days * 24 * 60 * 60 * 1000).toISOString();
}

const UNANSWERED = [
  { at: daysAgo(40), question: "食堂几点开饭？", articles: ["xuexiao"] },
  { at: daysAgo(5), question: "停车要多少钱？", articles: ["yiyuan", "xuexiao"] },
  { at: daysAgo(4), question: "停车多少钱", articles: ["yiyuan"] },
  { at: daysAgo(3), question: "刘毅带领多少名白衣战士？", articles: ["xuexiao"] },
  { at: daysAgo(2), question: "停车要多少钱？", articles: ["yiyuan", "xuexiao"] },
];
const FEEDBACK = [
  { at: daysAgo(1), answerId: "a1", question: "刘毅带领多少名白衣战士？", rating: "down" },
  { at: daysAgo(1), answerId: "a2", question: "学校创办于哪一年？", rating: "up" },
];

/** A corpus, and an index folder with these journals, as flags; half a line and a line of another kind stand in them. */
async function askedInVain(
  unanswered: object[] = UNANSWERED,
  feedback: object[] = FEEDBACK,
): Promise<string[]> {
  const index = join(await folderWith({}), "index");
  await mkdir(index);
  const lines = (entries: object[]) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
  await writeFile(join(index, "unanswered.jsonl"), `${lines(unanswered)}{"at":"20\n{"at":5}\n`);
  await writeFile(join(index, "feedback.jsonl"), lines(feedback));
  return ["--corpus", await folderWith(ARTICLES), "--index", index];
}
