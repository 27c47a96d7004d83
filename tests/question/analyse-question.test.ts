import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyseQuestion, relationOf } from "../../src/question/analyse-question.ts";

describe("the kind of answer that a question wants", () => {
  it.each([
    ["person", ["院长是谁？", "哪位医生主刀？", "修复工作由哪几位专家主持？", "Who founded the hospital?"]],
    [
      "time",
      [
        "医院创立于哪一年？",
        "博物馆什么时候开放？",
        "几月几日开馆？",
        "几点开门？",
        "在哪一年搬迁？",
        "馆里啥时候换的灯？",
        "几时开馆？",
      ],
    ],
    [
      "duration",
      [
        "工程持续了多久？",
        "工程用了几年？",
        "几个月能好？",
        "奋战了多少天？",
        "他干了多少个年头？",
        "修了多长日子？",
        "How long did it take?",
      ],
    ],
    [
      "money",
      ["一共多少钱？", "票价是多少？", "捐了多少善款？", "盖楼用掉几个钱？", "How much does it cost?"],
    ],
    ["percentage", ["转诊率降到了多少？", "占比是多少？", "增长了百分之几？"]],
    ["number", ["有多少张床位？", "这座桥有多长？", "馆里有几件青铜器？", "How many beds are there?"]],
    [
      "place",
      ["博物馆在哪里？", "他在哪个城市出生？", "地址在哪儿？", "想参观得上哪儿？", "Where is the museum?"],
    ],
    [
      "reason",
      [
        "医院为什么搬迁？",
        "搬迁的原因有哪些？",
        "老馆长图个啥？",
        "凭什么不收费？",
        "因为啥缘故停工？",
        "Why did it move?",
      ],
    ],
    ["method", ["如何预约挂号？", "老人怎么就医？", "馆里靠什么留住人？", "拿啥防潮？"]],
    ["list", ["医院有哪些科室？", "这种材料有什么特点？", "出诊箱里都有啥？"]],
    ["definition", ["什么是医联体？", "何谓远程会诊？", "医联体指的是什么？"]],
    ["yes-no", ["博物馆是否收费？", "周末开放吗？", "周末开放吗"]],
    ["thing", ["他获得了什么奖？", "哪部电影讲述了这段历史？", "介绍一下株洲"]],
  ] as const)("is %s", (kind, questions) => {
    for (const question of questions)
      expect([question, analyseQuestion(question).kind]).toEqual([question, kind]);
  });
});

describe("the terms of a question", () => {
  it("are those of its words, without the asking phrase", () => {
    const { before, after, terms } = analyseQuestion("请问株洲市中心医院有多少张床位？");
    expect(before).toBe("株洲市中心医院有");
    expect(after).toBe("张床位");
    expect(terms).toEqual(expect.arrayContaining(["株洲市", "中心医院", "床位"]));
    expect(terms).not.toContain("多少");
    expect(terms).not.toContain("有多");
  });

  it.each([
    ["馆长是谁？", "请问一下，能不能告诉我馆长是谁？谢谢！"],
    ["馆长是谁？", "你知道馆长是谁吗？"],
    ["馆长是谁？", "馆长是谁呢？"],
    ["博物馆在哪？", "博物馆在哪里？"],
    ["医院创立于哪一年？", "醫院創立於哪一年?"],
  ])("are the same for “%s” and “%s”", (plain, polite) => {
    expect(analyseQuestion(polite).terms).toEqual(analyseQuestion(plain).terms);
  });

  it("are told apart into names and what is asked of them", () => {
    const { names, relationTerms } = analyseQuestion("湘潭市2017年购置的PPR-9087是什么设备？");
    expect(names).toEqual(["湘潭", "2017", "ppr-9087"]);
    expect(relationTerms).toEqual(expect.arrayContaining(["购置", "设备"]));
    expect(relationTerms).not.toContain("湘潭");
  });

  it("of an English question are its words, the grammatical ones aside", () => {
    const { isEnglish, terms } = analyseQuestion("When was the hospital in Xiangtan founded?");
    expect(isEnglish).toBe(true);
    expect(terms).toEqual(["hospital", "xiangtan", "founded"]);
  });

  it("of a Chinese question that names something in Latin letters are Chinese", () => {
    expect(analyseQuestion("What's Up是哪一年上映的？").isEnglish).toBe(false);
  });

  it("are none where nothing is said", () => {
    for (const question of ["", "？！", "  。", "谁？"]) expect(analyseQuestion(question).terms).toEqual([]);
  });

  it("come each once, whatever is asked", () => {
    const words = fc.constantFrom(
      "湘潭",
      "医院",
      "的",
      "多少",
      "什么",
      "时候",
      "吗",
      "请问",
      "谁",
      "？",
      "2017年",
      "X光",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        const { terms } = analyseQuestion(parts.join(""));
        expect(new Set(terms).size).toBe(terms.length);
      }),
    );
  });
});

describe("the words of a question", () => {
  it("are those that mean something, names marked, with their side of the asking phrase", () => {
    const { words } = analyseQuestion("株洲市中心医院共有多少张床位？");
    expect(words).toContainEqual({ word: "床位", isName: false, isAfter: true });
    expect(words).toContainEqual({ word: "株洲市", isName: true, isAfter: false });
    expect(words.map(({ word }) => word)).not.toContain("张");
  });

  it("hold the numbers and the unknown words that tell one institution from others", () => {
    const namesIn = (question: string) =>
      analyseQuestion(question)
        .words.filter(({ isName }) => isName)
        .map(({ word }) => word);
    expect(namesIn("第四人民医院有多少床位？")).toEqual(["第四", "人民", "医院"]);
    expect(namesIn("三三一医院哪一年组建医联体？")).toEqual(["三三一", "医院"]);
    expect(namesIn("两家医院有多少床位？")).toEqual([]);
  });

  it("without the names are what is asked of them", () => {
    expect(relationOf("湘潭的博物馆什么时候搬迁？")).toBe("博物馆 搬迁");
  });

  it("are the question itself where it asks nothing else", () => {
    expect(relationOf("湘潭在哪里？")).toBe("湘潭在哪里？");
    expect(relationOf("")).toBe("");
  });
});
