import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { promoteQuestion } from "../../../src/evaluation/gaps/promote-question.ts";
import { readQuestionSet } from "../../../src/evaluation/question-set.ts";
import { article } from "../../support/builders.ts";
import { temporaryFolders } from "../../support/temporary-folder.ts";

const ARTICLES = new Map([["bridge", article({ id: "bridge", text: "大桥全长890米，今年五月\n通车。" })]]);
const FIRST =
  '{"id":"h1","kind":"fact","q":"大桥多长？","article":"bridge","answer":["890米"],"note":"别动"}';

describe("a question that is added to a set", () => {
  const makeFolder = temporaryFolders();

  it("stands behind the others, which stay as they were to the byte", async () => {
    const file = await setOf(`\ufeff${FIRST}\r\n`);
    const row = await promoteQuestion(file, { question: "大桥多宽？" }, ARTICLES);
    expect(row).toEqual({ id: "gap-1", kind: "none", q: "大桥多宽？" });
    expect(await readFile(file, "utf8")).toBe(`\ufeff${FIRST}\r\n${JSON.stringify(row)}\n`);
    expect((await readQuestionSet(file)).at(-1)).toMatchObject({ id: "gap-1", kind: "none", articles: [] });
  });

  it("gets the next number, also behind a last line that has no end", async () => {
    const file = await setOf('{"id":"gap-7","kind":"none","q":"几点开门？"}');
    await promoteQuestion(file, { question: "大桥多宽？" }, ARTICLES);
    await promoteQuestion(file, { question: "大桥多重？" }, ARTICLES);
    expect((await readQuestionSet(file)).map(({ id }) => id)).toEqual(["gap-7", "gap-8", "gap-9"]);
  });

  it("begins a set where there is none", async () => {
    const file = join(await makeFolder(), "new.jsonl");
    await promoteQuestion(file, { question: "大桥多宽？" }, ARTICLES);
    expect(await readQuestionSet(file)).toHaveLength(1);
  });

  it("may be one that an article answers, in words that stand in it, white space aside", async () => {
    const file = await setOf("");
    const answer = { article: "bridge", text: "今年五月通车" };
    expect(await promoteQuestion(file, { question: "大桥何时通车？", answer }, ARTICLES)).toEqual({
      id: "gap-1",
      kind: "fact",
      q: "大桥何时通车？",
      article: "bridge",
      answer: ["今年五月通车"],
    });
    expect(await readQuestionSet(file)).toMatchObject([{ articles: ["bridge"], answers: ["今年五月通车"] }]);
  });

  it.each([
    ["a question that is there", { question: "大桥多长？" }, /already \(h1\)/],
    [
      "an article that is not there",
      { question: "甲？", answer: { article: "none", text: "乙" } },
      /no article none/,
    ],
    [
      "an answer that does not stand in it",
      { question: "甲？", answer: { article: "bridge", text: "891米" } },
      /does not stand/,
    ],
    ["an empty answer", { question: "甲？", answer: { article: "bridge", text: " " } }, /"answer"/],
    ["an overlong question", { question: "问".repeat(501) }, /1 to 500/],
  ])("is refused, and nothing is written, where it is %s", async (_what, promoted, message) => {
    const file = await setOf(`${FIRST}\n`);
    await expect(promoteQuestion(file, promoted, ARTICLES)).rejects.toMatchObject({
      code: "QUESTION_SET_INVALID",
      message: expect.stringMatching(message),
    });
    expect(await readFile(file, "utf8")).toBe(`${FIRST}\n`);
    expect(await readdir(join(file, ".."))).toEqual(["set.jsonl"]);
  });

  it("is refused where the set cannot be used, or cannot be read", async () => {
    const file = await setOf(`${FIRST}\nkein JSON\n`);
    await expect(promoteQuestion(file, { question: "甲？" }, ARTICLES)).rejects.toThrow(/line 2/);
    const folder = await makeFolder();
    await expect(promoteQuestion(folder, { question: "甲？" }, ARTICLES)).rejects.toMatchObject({
      code: "QUESTION_SET_INVALID",
      message: expect.stringContaining(folder),
    });
    const nowhere = join(folder, "none", "set.jsonl");
    await expect(promoteQuestion(nowhere, { question: "甲？" }, ARTICLES)).rejects.toThrow(nowhere);
  });

  it("leaves a link a link, and who may read the file as it was", async () => {
    const folder = await makeFolder();
    await mkdir(join(folder, "sets"));
    await writeFile(join(folder, "sets", "set.jsonl"), `${FIRST}\n`);
    await chmod(join(folder, "sets", "set.jsonl"), 0o640);
    await symlink(join("sets", "set.jsonl"), join(folder, "link.jsonl"));
    await promoteQuestion(join(folder, "link.jsonl"), { question: "大桥多宽？" }, ARTICLES);
    expect((await readQuestionSet(join(folder, "sets", "set.jsonl"))).map(({ id }) => id)).toEqual([
      "h1",
      "gap-1",
    ]);
    expect((await stat(join(folder, "sets", "set.jsonl"))).mode & 0o777).toBe(0o640);
  });

  async function setOf(text: string): Promise<string> {
    const file = join(await makeFolder(), "set.jsonl");
    await writeFile(file, text);
    return file;
  }
});
