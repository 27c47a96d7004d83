import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readArticleData } from "../../../../training/ranker/reading/article-questions.ts";
import { temporaryFolders } from "../../../support/temporary-folder.ts";

const makeFolder = temporaryFolders();
const DATA = fileURLToPath(new URL("../../../../training/ranker/data", import.meta.url));

describe("questions about whole articles", () => {
  it("stand in the features at the places that were marked, three in five with an answer", async () => {
    const folder = await folderWith((line) => line.startsWith("f"));
    const { articles, questions } = await readArticleData(folder, join(folder, "articles.jsonl"));
    expect(articles).toHaveLength(30);
    expect(questions).toHaveLength(684);
    expect(questions.filter(({ answer }) => answer === null)).toHaveLength(270);
    expect(new Set(articles.map(({ group }) => group))).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it("take other articles from the file, by the number of their line", async () => {
    const folder = await folderWith(
      () => false,
      "n1\tfact\t铜灯有几盏？\t三盏\t4\nn1\tnone\t铜灯卖多少钱？\t\t\n",
    );
    await writeFile(
      join(folder, "articles.jsonl"),
      `${JSON.stringify({ title: "船", paras: [] })}\n${JSON.stringify({ title: "灯", paras: ["铜灯三盏。"] })}`,
    );
    const { questions } = await readArticleData(folder, join(folder, "articles.jsonl"));
    expect(questions.map(({ answer, article: { text } }) => [answer, text])).toEqual([
      ["三盏", "灯\n铜灯三盏。"],
      [null, "灯\n铜灯三盏。"],
    ]);
  });

  it("are refused where the articles are others than those that were marked", async () => {
    const folder = await folderWith(() => false, "n0\tfact\t铜灯有几盏？\t三盏\t4\n");
    const file = join(folder, "articles.jsonl");
    await writeFile(file, JSON.stringify({ title: "灯", paras: ["铜灯两盏。"] }));
    const refused = { code: "QUESTION_SET_INVALID", message: expect.stringContaining("n0") };
    await expect(readArticleData(folder, file)).rejects.toMatchObject(refused);
    await writeFile(file, "");
    await expect(readArticleData(folder, file)).rejects.toMatchObject(refused);
    await expect(readArticleData(folder, join(folder, "none"))).rejects.toMatchObject({
      code: "QUESTION_SET_INVALID",
    });
  });
});

/** The data with only some of its questions, `more` behind them, and an empty article file. */
async function folderWith(keep: (line: string) => boolean, more = ""): Promise<string> {
  const folder = await makeFolder();
  await cp(join(DATA, "features.txt"), join(folder, "features.txt"));
  const [head, ...lines] = (await readFile(join(DATA, "article-questions.tsv"), "utf8"))
    .trimEnd()
    .split("\n");
  const rows = lines.filter(keep).map((line) => `${line}\n`);
  await writeFile(join(folder, "article-questions.tsv"), `${head}\n${rows.join("")}${more}`);
  await writeFile(join(folder, "articles.jsonl"), "");
  return folder;
}
