import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { readCorpus } from "../../../src/corpus/read-corpus.ts";
import { repairText } from "../../../src/corpus/repair/repair-text.ts";
import { splitSentences } from "../../../src/text/sentences.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/corpus/", import.meta.url));
const CORPUS = fileURLToPath(new URL("../../../corpus", import.meta.url));

const linesOf = (text: string) => repairText(text).map(({ text }) => text);
const fixture = async (name: string) => linesOf(await readFile(`${FIXTURES}${name}`, "utf8"));

describe("repairText", () => {
  it("joins words that a column or page break cut", () => {
    expect(linesOf("陆续开设了心脑血管疾病、儿\n\n童疾病等4个联合门诊。")).toEqual([
      "陆续开设了心脑血管疾病、儿童疾病等4个联合门诊。",
    ]);
    expect(linesOf("6月21日,乐乐住进株洲市中心医\n\n \n院关节外科。大家都来了。")).toEqual([
      "6月21日,乐乐住进株洲市中心医院关节外科。大家都来了。",
    ]);
    expect(linesOf("他获得了“十星\n\n级”党员称号，大家祝贺\n\n。")).toEqual([
      "他获得了“十星级”党员称号，大家祝贺。",
    ]);
  });

  it("takes out the spaces of a line that was stretched", () => {
    expect(linesOf("建立了检验 中 心 、影 像 诊 断 中 心 、病 理 中 心。")).toEqual([
      "建立了检验 中心、影像诊断中心、病理中心。",
    ]);
    expect(linesOf("记者毛以国 李琳婕 通讯员周晓亮 龚伟")).toEqual(["记者毛以国 李琳婕 通讯员周晓亮 龚伟"]);
    expect(linesOf("他 说　　：好。")).toEqual(["他 说：好。"]);
  });

  it("never glues a caption, a byline or a heading to a sentence", () => {
    const blocks = repairText(
      "医院今年派出医疗队支援\n▲ 义诊现场\n记者张三 李四\n# 新的一年\n基层的卫生院，效果很好。",
    );
    expect(blocks.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      "caption: 医院今年派出医疗队支援",
      "caption: ▲ 义诊现场",
      "caption: 记者张三 李四",
      "heading: 新的一年",
      "paragraph: 基层的卫生院，效果很好。",
    ]);
  });

  it("drops a paragraph that was printed twice, but no short answer that comes again", () => {
    const paragraph = "利用手机语音、手机微信、病房广播等载体开展健康知识宣教，得到患者的点赞。";
    expect(linesOf(`${paragraph}\n\n另一段说的是别的事情。\n\n${paragraph}`)).toHaveLength(2);
    expect(linesOf("你去过吗？\n去过。\n他呢？\n去过。")).toEqual([
      "你去过吗？",
      "去过。",
      "他呢？",
      "去过。",
    ]);
  });

  it("drops characters that nobody sees", () => {
    expect(linesOf("北\u200b京是\ufeff中国的\u00ad首都。\u0000")).toEqual(["北京是中国的首都。"]);
  });

  it("leaves one-line paragraphs, headings and dates apart", async () => {
    expect(await fixture("one-line-paragraphs.txt")).toEqual([
      "县医院建成胸痛中心",
      "本报记者 张伟",
      "2022年3月15日",
      "3月12日，县人民医院胸痛中心正式挂牌。",
      "中心设床位20张，有医护人员36名。",
      "“以后心梗病人不用再往市里送了。”院长王明说。",
      "服务更近",
      "家住河口村的刘大爷是第一位受益者。他说，从发病到开通血管只用了58分钟。",
    ]);
  });

  it("leaves verse and lists in their lines", async () => {
    for (const name of ["verse.txt", "lists.txt"]) {
      const written = (await readFile(`${FIXTURES}${name}`, "utf8"))
        .split("\n")
        .filter((line) => line.trim());
      expect(await fixture(name)).toEqual(written);
    }
  });

  it("takes a list for a list, not for headings", async () => {
    const blocks = repairText(await readFile(`${FIXTURES}lists.txt`, "utf8"));
    expect(blocks.filter(({ kind }) => kind === "heading").map(({ text }) => text)).toEqual(["门诊须知"]);
  });

  it("joins lines wrapped at 40 columns, paragraphs apart by a blank line", async () => {
    const lines = await fixture("wrapped-40-columns.txt");
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe("古桥修缮完工");
    expect(lines[3]).toMatch(/^桥头新设的陈列室展出了施工中发现的碑刻、铁锔和瓷片等文物.*每周一闭馆。$/u);
    expect(lines[4]).toBe("夜间照明仍在调试");
  });

  it("joins lines wrapped at 20 columns, although some start with a comma", async () => {
    const lines = await fixture("wrapped-20-columns.txt");
    expect(lines[0]).toBe("村里来了图书车");
    expect(lines[1]).toMatch(
      /^每个月的第一个周六，一辆蓝色的流动图书车都会准时开进青石村。.*八十一个村子。$/u,
    );
    expect(lines.at(-1)).toMatch(/三万一千册次，比前年多了四成。$/u);
  });

  it("starts a paragraph at an indented line", async () => {
    const lines = await fixture("indented-traditional.txt");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^臺北市立圖書館.*並致詞。.*全市規模最大的分館。$/u);
    expect(lines[1]).toMatch(/^館長陳美玲表示：「.*」她說，.*四千三百冊。$/u);
  });

  it("joins English lines with a space", async () => {
    const lines = await fixture("wrapped-english.txt");
    expect(lines[1]).toContain("on the first day of the new hospital. He had worked");
    expect(lines).toHaveLength(3);
  });
});

describe("repairText over the articles, wrapped anew", () => {
  let paragraphs: string[][];
  beforeAll(async () => {
    const { articles } = await readCorpus(CORPUS);
    paragraphs = articles.map(({ text }) => text.split("\n").filter((line) => !line.startsWith("▲")));
  });

  const shapes = [
    { name: "no blank lines, indents lost", join: "\n", part: "\n", indent: 4, keep: "" },
    { name: "a blank line after each line, indents lost", join: "\n\n", part: "\n\n", indent: 4, keep: "" },
    { name: "indents kept", join: "\n", part: "\n", indent: 4, keep: "　　" },
    { name: "blank lines between paragraphs", join: "\n", part: "\n\n", indent: 0, keep: "" },
  ];

  /** Nothing can tell every heading as wide as the column from a line of text, so a few sentences in a hundred may suffer. */
  it.each(shapes.flatMap((shape) => [20, 30, 40, 60].map((columns) => ({ ...shape, columns }))))(
    "finds 98 of 100 sentences whole at $columns columns with $name",
    ({ join, part, indent, keep, columns }) => {
      let all = 0;
      let whole = 0;
      for (const lines of paragraphs) {
        const wrapped = lines.map((line) =>
          isProse(line) ? keep + wrap(line, columns, indent).join(join) : line,
        );
        const found = new Set(sentencesIn(linesOf(wrapped.join(part))));
        const wanted = sentencesIn(lines);
        all += wanted.length;
        whole += wanted.filter((sentence) => found.has(sentence)).length;
      }
      expect(whole / all).toBeGreaterThanOrEqual(0.98);
    },
  );

  it("changes nothing where each paragraph is one line", () => {
    for (const lines of paragraphs) expect(linesOf(lines.join("\n"))).toEqual(lines);
  });
});

function isProse(line: string): boolean {
  return /[。！？?；;…]["”」]?$/u.test(line);
}

function sentencesIn(lines: readonly string[]): string[] {
  const sentences = lines.flatMap((line) =>
    splitSentences(line).map(({ start, end }) => line.slice(start, end)),
  );
  return sentences.map((sentence) => sentence.replace(/\s/gu, ""));
}

/** Breaks lines where a column ends; a mark may hang over its edge. */
function wrap(paragraph: string, columns: number, indent: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = indent;
  for (const character of paragraph) {
    const width = character < "\u2000" ? 1 : 2;
    const room = /[，。、；：！？”」）》]/u.test(character) ? columns + 2 : columns;
    if (used + width > room) {
      lines.push(line);
      line = "";
      used = 0;
    }
    line += character;
    used += width;
  }
  return [...lines, line];
}
