import { describe, expect, it } from "vitest";
import { toArticle } from "../../src/corpus/to-article.ts";

const article = (text: string, path = "2021/山城_图书-馆.txt") => toArticle("id", path, { text });
const prose = "县图书馆新馆昨天正式向读者开放，新馆面积是老馆的三倍。";

describe("an article's title", () => {
  it("is its first line where that stands alone", () => {
    expect(article(`图书馆新馆开放\n\n${prose}`).title).toBe("图书馆新馆开放");
  });

  it("is the heading above all others", () => {
    expect(article(`# 图书馆新馆开放\n\n${prose}\n\n## 三倍大\n\n${prose.slice(5)}`).title).toBe(
      "图书馆新馆开放",
    );
  });

  it("has its subtitle, also where both stand in mid-text", () => {
    const text = `${prose}\n\n书香满山城\n——县图书馆新馆落成记\n张三 李四\n\n${prose.slice(5)}`;
    expect(article(text)).toMatchObject({ title: "书香满山城——县图书馆新馆落成记" });
    const { text: clean, captions = [] } = article(text);
    expect(captions.map(({ start, end }) => clean.slice(start, end))).toEqual(["张三 李四"]);
  });

  it("is the line above the authors", () => {
    expect(
      article(`${prose}\n\n书香满山城\n\n记者张三 通讯员李四\n\n${prose.slice(5)}\n\n结束语\n\n好。`).title,
    ).toBe("书香满山城");
  });

  it("is not a section's heading; then the file's name serves", () => {
    expect(article(`${prose}\n\n一、三倍大\n\n${prose.slice(5)}`).title).toBe("山城 图书 馆");
    expect(article(prose, "notes/2021-06-30_xinguan.txt").title).toBe("2021-06-30 xinguan");
  });
});

describe("an article's source and date", () => {
  it("are those it states as its own", () => {
    expect(article(`新馆开放\n山城日报记者 张三\n2021年6月30日\n${prose}`)).toMatchObject({
      source: "山城日报",
      publishedAt: "2021-06-30",
    });
    expect(article(`新馆开放\n来源：《山城晚报》\n日期：2021-06-30\n${prose}`)).toMatchObject({
      source: "山城晚报",
      publishedAt: "2021-06-30",
    });
  });

  it("are not those it only mentions", () => {
    const { source, publishedAt } = article("2021年6月30日，山城日报记者张三来到县图书馆，了解新馆的情况。");
    expect(source).toBe("山城_图书-馆.txt");
    expect(publishedAt).toBeUndefined();
  });
});

describe("an article's headings and captions", () => {
  it("are lines of its text, without the bullet, and survive JSON", () => {
    const read = article(`# 图书馆新馆开放\n\n## ● 三倍大\n\n${prose}\n\n▲ 新馆外景`);
    const copy: typeof read = JSON.parse(JSON.stringify(read));
    expect(copy).toEqual(read);
    expect(copy.headings?.map(({ span }) => copy.text.slice(span.start, span.end))).toEqual([
      "图书馆新馆开放",
      "三倍大",
    ]);
    expect(copy.captions?.map(({ start, end }) => copy.text.slice(start, end))).toEqual(["▲ 新馆外景"]);
    expect(copy.text).toContain("\n● 三倍大\n");
  });
});
