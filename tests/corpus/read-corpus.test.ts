import { cp, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readCorpus } from "../../src/corpus/read-corpus.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures/corpus/", import.meta.url));
const TEXT = "县图书馆新馆昨天正式向读者开放。";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wenju-corpus-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = async (path: string, content: string | Uint8Array = TEXT) => {
  await mkdir(join(folder, path, ".."), { recursive: true });
  await writeFile(join(folder, path), content);
};
const ids = async () => (await readCorpus(folder)).articles.map(({ id }) => id);

describe("readCorpus", () => {
  it("reads the text files below a folder, in the order of their ids", async () => {
    await put("b.txt");
    await put("子夜/第 1 章.md");
    await put("a/2021/新馆.txt");
    await put("A.TXT");
    expect(await ids()).toEqual(["a", "a-2021-新馆", "b", "子夜-第-1-章"]);
  });

  it("tells files apart whose ids would be the same, the same way each time", async () => {
    await put("新馆.txt", "第一篇说的是新馆。");
    await put("新馆.md", "第二篇说的是新馆。");
    await put("报告 (1).txt", "第三篇。");
    await put("报告-1.txt", "第四篇。");
    const first = await readCorpus(folder);
    expect(first.articles.map(({ id, text }) => [id, text])).toEqual([
      ["报告-1", "第三篇。"],
      ["报告-1-2", "第四篇。"],
      ["新馆", "第二篇说的是新馆。"],
      ["新馆-2", "第一篇说的是新馆。"],
    ]);
    expect(await readCorpus(folder)).toEqual(first);
  });

  it("gives a name to what cannot be written in an address", async () => {
    await put("Отчёт.txt");
    await put(`${"长".repeat(70)}.txt`);
    expect(await ids()).toEqual(["article", "长".repeat(70)]);
  });

  it("does not see dot files, nor the user's word list", async () => {
    await put(".DS_Store.txt");
    await put(".git/notes.txt");
    await put("words.txt", "问据 10\n");
    await put("新馆.txt");
    expect(await readCorpus(folder)).toMatchObject({ articles: [{ id: "新馆" }], skipped: [] });
  });

  it.each(["gb18030.txt", "utf16.txt", "utf8-with-mark.txt", "windows-lines.txt"])(
    "reads %s",
    async (name) => {
      await cp(join(FIXTURES, name), join(folder, name));
      const { articles } = await readCorpus(folder);
      expect(articles[0]).toMatchObject({
        title: "县图书馆新馆开放",
        text: "县图书馆新馆开放\n六月一日，县图书馆新馆正式向读者开放，新馆面积是老馆的三倍，藏书二十六万册。\n馆长周敏说，开放首日有一千八百多人办理了借书证。",
      });
    },
  );

  it("reads Big5", async () => {
    await cp(join(FIXTURES, "big5.txt"), join(folder, "big5.txt"));
    expect((await readCorpus(folder)).articles[0]?.text).toContain(
      "館長周敏說，開放首日有一千八百多人辦理了借書證。",
    );
  });

  it("reports each file it cannot use with the reason, and reads the others", async () => {
    await put("好.txt");
    await put("空.txt", "");
    await put("空白.txt", " \n\u3000\n");
    await put("只有头.md", "---\ntitle: 空\n---\n");
    await put("图.txt", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
    await put("乱码.txt", new Uint8Array([0xff, 0xc3, 0x28, 0xa0, 0xff, 0xff]));
    await put("表.xlsx");
    await put("日期.md", "---\npublishedAt: 去年\n---\n正文。");
    await put("链接.md", "---\nurl: javascript:alert(1)\n---\n正文。");
    await put("大.txt");
    await truncate(join(folder, "大.txt"), 21 * 1024 * 1024);
    await symlink("/etc/hosts", join(folder, "外.txt"));
    const { articles, skipped } = await readCorpus(folder);
    expect(articles.map(({ id }) => id)).toEqual(["好"]);
    expect(Object.fromEntries(skipped.map(({ file, code }) => [file, code]))).toEqual({
      "空.txt": "EMPTY",
      "空白.txt": "EMPTY",
      "只有头.md": "EMPTY",
      "图.txt": "BINARY",
      "乱码.txt": "ENCODING_UNKNOWN",
      "表.xlsx": "UNSUPPORTED",
      "日期.md": "MALFORMED",
      "链接.md": "MALFORMED",
      "大.txt": "TOO_LARGE",
      "外.txt": "SYMLINK",
    });
    for (const { reason } of skipped) expect(reason).toMatch(/^[A-Z].*\.$/u);
  });

  it("refuses a folder that is not there, and a file in its place", async () => {
    await put("新馆.txt");
    const missing = join(folder, "没有");
    await expect(readCorpus(missing)).rejects.toMatchObject({
      code: "CORPUS_NOT_FOUND",
      message: expect.stringContaining(missing),
    });
    await expect(readCorpus(join(folder, "新馆.txt"))).rejects.toMatchObject({ code: "CORPUS_NOT_FOUND" });
  });

  it("says why a corpus gives no article", async () => {
    await expect(readCorpus(folder)).rejects.toMatchObject({
      code: "CORPUS_EMPTY",
      message: expect.stringContaining(folder),
    });
    await put("空.txt", "");
    await expect(readCorpus(folder)).rejects.toMatchObject({
      code: "CORPUS_EMPTY",
      message: expect.stringContaining("空.txt: It is empty."),
    });
  });

  it("stops when asked to", async () => {
    await put("新馆.txt");
    await expect(readCorpus(folder, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "ABORTED",
    });
  });
});
