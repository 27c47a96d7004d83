import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitSentences, trimSpan } from "../../src/text/sentences.ts";

const sentences = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe("splitSentences", () => {
  it("keeps closing quotes and brackets with their sentence", () => {
    expect(sentences("“我先上。”“党员应该去！”（本报讯。）他说：「好！」然后走了。")).toEqual([
      "“我先上。”",
      "“党员应该去！”",
      "（本报讯。）",
      "他说：「好！」",
      "然后走了。",
    ]);
  });

  it("ends headings, captions and paragraphs at their line", () => {
    expect(sentences("● 优化服务 造福一方百姓\n▲ 义诊现场\n医院开诊了\n\n  尾声  ")).toEqual([
      "● 优化服务 造福一方百姓",
      "▲ 义诊现场",
      "医院开诊了",
      "尾声",
    ]);
  });

  it("keeps a short speaker with what was said", () => {
    expect(sentences("“从而推动医院进步。”夏红说。这些年，医院变了。")).toEqual([
      "“从而推动医院进步。”夏红说。",
      "这些年，医院变了。",
    ]);
    expect(sentences("“谢谢你们。”看着日渐康复的乐乐,家人哽咽道。")).toHaveLength(1);
    expect(sentences("“谁来？”他问。没有人回答。")).toEqual(["“谁来？”他问。", "没有人回答。"]);
  });

  it("keeps a longer statement after a quote as a sentence of its own", () => {
    expect(sentences("“看病不再舍近求远。”院长蔡安烈介绍，目前，转诊率下降到2%。")).toHaveLength(2);
  });

  it("keeps what is said within one short quote together", () => {
    expect(sentences("她说：“我是党员。我先上。”大家鼓掌。")).toEqual([
      "她说：“我是党员。我先上。”",
      "大家鼓掌。",
    ]);
    expect(sentences("观众看了《谁来了？》和《英雄！》两部片子。")).toHaveLength(1);
  });

  it("cuts within a quote that is too long to be cited whole", () => {
    const long = `“${"这是一句不短的话，说了很多的事情。".repeat(8)}”`;
    expect(sentences(long).length).toBeGreaterThan(4);
  });

  it("goes on after a quoted question that is part of a sentence", () => {
    expect(sentences("“为什么？”的问题，他答不上来。")).toEqual(["“为什么？”的问题，他答不上来。"]);
    expect(sentences("他为基层医务人员指导用药。与她同来的还有两位党员。")).toHaveLength(2);
  });

  it("knows half-width question and exclamation marks beside Chinese", () => {
    expect(sentences("它有何过人之处?原来,这里有党员24名。真好!大家说")).toEqual([
      "它有何过人之处?",
      "原来,这里有党员24名。",
      "真好!",
      "大家说",
    ]);
  });

  it("leaves figures, numbering, codes and addresses whole", () => {
    const whole = [
      "占全市53.95%的业务量和25.4万剂次",
      "5. 项目",
      "见 https://example.com/ask?q=1&b=2 的说明",
      "实现“1+1+1>3”",
      "该行动计划(2018-2020)实施",
    ];
    for (const text of whole) expect(sentences(text)).toEqual([text]);
  });

  it("ends English sentences at their points but not at abbreviations", () => {
    expect(
      sentences("Dr. Smith came at 6 a.m. on Monday. He saw No. 1, e.g. the door. It was 3.5 m wide."),
    ).toEqual(["Dr. Smith came at 6 a.m. on Monday.", "He saw No. 1, e.g. the door.", "It was 3.5 m wide."]);
    expect(sentences("It opened in 2019. 后来扩建。")).toEqual(["It opened in 2019.", "后来扩建。"]);
    expect(sentences("He was 36. She was 40.")).toHaveLength(2);
    expect(sentences("現任校長為C.L. Max Nikias。")).toHaveLength(1);
    expect(sentences("5. Bring your card.")).toHaveLength(1);
  });

  it("ends at an ellipsis, but not after a hesitation", () => {
    expect(sentences("“我想帮助这个小病友”“我想去看看他”……乐乐的消息传开了。")).toHaveLength(2);
    expect(sentences("“我可以去！”……危急时刻，生死关头。")).toEqual([
      "“我可以去！”……",
      "危急时刻，生死关头。",
    ]);
    expect(sentences("我……我想说谢谢。")).toEqual(["我……我想说谢谢。"]);
  });

  it("cuts at semicolons only where the sentence is long", () => {
    const short = "哪里有疫情，哪里就有党旗；哪里有困难，哪里就有党员。";
    expect(sentences(short)).toEqual([short]);
    const clause = "让党员走进红色讲堂学习理论，走进困难家庭嘘寒问暖，走进田间地头谋求发展";
    const long = `${clause}；${clause}；${clause}；${clause}。`;
    expect(sentences(long)).toEqual([`${clause}；`, `${clause}；`, `${clause}；`, `${clause}。`]);
  });

  it("covers every character that is not white space exactly once, in order, whatever the text", () => {
    const piece = fc.constantFrom(
      ..."中文字，。！？；：“”‘’「」（）《》…—\n ,.;?!\"'12aB𠮷👨‍👩‍👧".split(/(?:)/u),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 120 }), (pieces) => {
        const text = pieces.join("");
        const spans = splitSentences(text);
        const kept = spans.map(({ start, end }) => text.slice(start, end)).join("");
        expect(kept.replace(/\s/gu, "")).toBe(text.replace(/\s/gu, ""));
        for (const [i, { start, end }] of spans.entries()) {
          expect(start).toBeGreaterThanOrEqual(spans[i - 1]?.end ?? 0);
          expect(text.slice(start, end)).toMatch(/^\S(?:[^\n]*\S)?$/u);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe("trimSpan", () => {
  it("leaves out the white space at both ends, full-width spaces too", () => {
    expect(trimSpan("　 北京 \n", { start: 0, end: 6 })).toEqual({ start: 2, end: 4 });
    expect(trimSpan("   ", { start: 0, end: 3 })).toMatchObject({ start: 3, end: 3 });
  });
});
