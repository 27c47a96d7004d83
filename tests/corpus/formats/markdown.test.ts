import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { markdown } from "../../../src/corpus/formats/markdown.ts";
import { parseDate } from "../../../src/corpus/head/parse-date.ts";
import { toArticle } from "../../../src/corpus/to-article.ts";

const FIXTURE = fileURLToPath(new URL("../../fixtures/corpus/front-matter.md", import.meta.url));

const parse = async (text: string | Uint8Array) =>
  markdown.parse({
    path: "notes.md",
    bytes: typeof text === "string" ? new TextEncoder().encode(text) : text,
  });

describe("markdown", () => {
  it("knows an article by its front matter and shows its text without markup", async () => {
    const article = toArticle("notes", "notes.md", await parse(await readFile(FIXTURE)));
    expect(article).toMatchObject({
      title: "青石村的图书车：九年与八十一个村子",
      source: "山城晚报",
      publishedAt: "2023-04-09",
      url: "https://example.com/2023/04/09/library-car",
    });
    expect(article.text.split("\n")).toEqual([
      "青石村的图书车",
      "山里的流动图书车每个月来一次，县图书馆提供图书。",
      "一辆车",
      "车上有一千二百本书，孩子们最爱科普读物。",
      "* 科普读物四百本",
      "* 童话三百本",
      "“下雪也得来。”赵师傅说。",
    ]);
    expect(
      article.headings?.map(({ span, level }) => [article.text.slice(span.start, span.end), level]),
    ).toEqual([
      ["青石村的图书车", 0],
      ["一辆车", 2],
    ]);
  });

  it("takes a line of dashes without an end for what it is", async () => {
    expect((await parse("---\n\n正文从这里开始。")).text.trim()).toBe("正文从这里开始。");
    expect(await parse("标题\n===\n\n正文。")).toMatchObject({ text: "# 标题\n\n正文。" });
  });

  it("reads quoted and bare values, and leaves other keys alone", async () => {
    const text =
      "---\r\ntitle: '它说: “你好”' \r\nsource: 山城晚报 # 周末版\r\nauthor: 张三\r\nurl:\r\n---\r\n正文。";
    expect(await parse(text)).toEqual({ title: "它说: “你好”", source: "山城晚报", text: "正文。" });
  });

  it("refuses a date and an address that cannot be meant", async () => {
    await expect(parse("---\npublishedAt: 2023-02-30\n---\n正文。")).rejects.toMatchObject({
      code: "MALFORMED",
      message: expect.stringContaining("2023-02-30"),
    });
    await expect(parse("---\nurl: ftp://example.com\n---\n正文。")).rejects.toMatchObject({
      code: "MALFORMED",
    });
  });
});

describe("parseDate", () => {
  it.each([
    ["2021", "2021"],
    ["2021年", "2021"],
    ["2021-6", "2021-06"],
    ["2021年6月", "2021-06"],
    ["2021年6月30日", "2021-06-30"],
    ["2021/6/30", "2021-06-30"],
    ["2021.06.30 08:15", "2021-06-30"],
    ["2021-06-30T08:15:00+08:00", "2021-06-30"],
  ])("reads %s", (written, iso) => {
    expect(parseDate(written)).toBe(iso);
  });

  it.each(["", "去年", "2021-13", "2021-02-30", "12345", "6月30日"])("does not read %s", (written) => {
    expect(parseDate(written)).toBeUndefined();
  });
});
