import { describe, expect, it } from "vitest";
import { describeConversation, hospitals, inventions } from "./conversations.ts";

describeConversation("a hospital and its people", hospitals, [
  { ask: "湘潭市中心医院创立于哪一年？", answered: "“医院创立于 1900 年，至今已有 121 年历史。”[1]" },
  { ask: "它的党委书记是谁？", has: ["湘潭市中心医院的党委书记是谁"], lacks: ["它"] },
  { ask: "有多少名注册志愿者？", has: ["湘潭市中心医院", "注册志愿者"], lacks: ["党委书记"] },
  { ask: "那株洲市中心医院呢？", has: ["株洲市中心医院", "注册志愿者"], lacks: ["湘潭", "呢"] },
]);

describeConversation("an ellipsis that takes the thing asked about", hospitals, [
  { ask: "民医工作室是什么？" },
  { ask: "到现在服务了多少患者？", has: ["民医工作室到现在服务了多少患者"] },
  { ask: "今天的天气怎么样？" },
  { ask: "它是哪一天开诊的？", has: ["民医工作室是哪一天开诊的"], lacks: ["天气", "它"] },
]);

describeConversation("an ellipsis that takes a thing of a hospital", hospitals, [
  { ask: "三三一医院的医联体从哪年开始？" },
  { ask: "试点的是哪两家卫生院？", has: ["三三一医院的医联体", "试点的是哪两家卫生院"] },
  { ask: "湘潭市中心医院承担了全市多少医疗业务量？" },
  { ask: "急救任务呢？", has: ["湘潭市中心医院", "急救任务"], lacks: ["三三一", "医疗业务量"] },
]);

describeConversation("the person in the answer", hospitals, [
  {
    ask: "谁创办了伤口造口护理门诊？",
    answered:
      "“第一党支部书记孙卫萍是我省培养的首批国际造口治疗师之一。2014年，她创办了我市首个伤口造口护理门诊。”[1]",
  },
  { ask: "她是哪个支部的书记？", has: ["孙卫萍是哪个支部的书记"], lacks: ["她"] },
  { ask: "那黎柏峰呢？", has: ["黎柏峰是哪个支部的书记"], lacks: ["孙卫萍", "呢"] },
  { ask: "他从哪一年开始义诊？", has: ["黎柏峰从哪一年开始义诊"], lacks: ["孙卫萍", "他"] },
]);

describeConversation("another place for the same question", hospitals, [
  { ask: "株洲市中心医院的党委书记是谁？", answered: "“市中心医院党委书记郭晓丹介绍……”[1]" },
  { ask: "那湘潭的呢？", has: ["湘潭市中心医院的党委书记是谁"], lacks: ["株洲"] },
  { ask: "湘钢集团方舱接种点是哪天启用的？" },
  {
    ask: "哪位援外医生做手术时眼睛被溅到带艾滋病毒的血液？",
    answered: "“张威是湖南省第15批援津巴布韦医疗队员。”",
  },
]);

describeConversation("a hospital called by its kind", hospitals, [
  { ask: "市中西医结合医院近3年新发展了多少名党员？" },
  { ask: "该院种了多少亩仙鹤草？", has: ["市中西医结合医院种了多少亩仙鹤草"], lacks: ["该院"] },
  { ask: "这家医院有哪些中药制剂？", has: ["市中西医结合医院有哪些中药制剂"], lacks: ["这家"] },
  { ask: "还有呢？", has: ["市中西医结合医院", "中药制剂"] },
]);

describeConversation("questions that stand alone", hospitals, [
  { ask: "刘毅带领的队伍在黄冈奋战了多少天？" },
  { ask: "谁最早在株洲做鼻腔内镜的微创手术？" },
  { ask: "第一党支部书记是谁，她创办了什么门诊？" },
  { ask: "那个长了很多肿瘤的小男孩得的是什么病？" },
  { ask: "你好，你是谁？" },
  { ask: "医联体是什么？" },
  { ask: "炎陵县人民医院2019年的医疗业务收入同比增长了多少？" },
]);

describeConversation("a museum, its head and its treasure", inventions, [
  { ask: "澄江市博物馆有多少藏品？", answered: "“现有藏品3.2万件，其中一级文物47件。”[1]" },
  {
    ask: "馆长是谁？",
    has: ["澄江市博物馆的馆长是谁"],
    answered: "“馆长林若溪介绍，新馆开放一年来接待观众86万人次。”",
  },
  { ask: "那南岭自然博物馆呢？", has: ["南岭自然博物馆的馆长是谁"], lacks: ["澄江"] },
  { ask: "他研究什么？", has: ["研究什么"], lacks: ["他"] },
]);

describeConversation("a year for a year", inventions, [
  { ask: "远舟船舶公司2019年的营业收入是多少？" },
  { ask: "那2020年呢？", has: ["远舟船舶公司2020年的营业收入是多少"], lacks: ["2019", "呢"] },
  { ask: "禾田种业公司呢？", has: ["禾田种业公司2020年的营业收入是多少"], lacks: ["远舟"] },
  { ask: "为什么呢？", has: ["为什么", "禾田种业公司", "营业收入"], lacks: ["远舟", "多少"] },
]);

describeConversation("a river, without a pronoun", inventions, [
  { ask: "白鹭河发源于哪里？", answered: "“白鹭河发源于云顶山，流经安和县、澄江市，注入东澜湖。”" },
  { ask: "全长多少公里？", has: ["白鹭河", "全长多少公里"] },
  { ask: "那青石河呢？", has: ["青石河", "全长多少公里"], lacks: ["白鹭河"] },
  { ask: "这条河上最早的桥是哪一座？", has: ["青石河上最早的桥"], lacks: ["这条", "白鹭"] },
]);

describeConversation("other questions in between", inventions, [
  { ask: "“云帆号”是什么？" },
  { ask: "股票今天涨了吗？" },
  { ask: "怎么做红烧肉？" },
  {
    ask: "它一次充电可以航行多少公里？",
    has: ["云帆号", "一次充电可以航行多少公里"],
    lacks: ["红烧肉", "它"],
  },
  {
    ask: "总设计师是谁？",
    has: ["云帆号", "总设计师是谁"],
    answered: "“总设计师是许明薇，她2009年从船舶学院毕业后就进了公司。”",
  },
  { ask: "她是哪年毕业的？", has: ["许明薇是哪年毕业的"] },
]);

describeConversation("a team, and one of it", hospitals, [
  {
    ask: "谁带领株洲支援黄冈医疗队？",
    answered: "“作为株洲支援黄冈医疗队的临时党支部书记、队长，刘毅带领74名白衣战士与病毒鏖战。”[1]",
  },
  { ask: "他们奋战了多少天？", has: ["株洲支援黄冈医疗队奋战了多少天"] },
  { ask: "累计治愈出院多少例患者？", has: ["株洲支援黄冈医疗队累计治愈出院"] },
  { ask: "他是哪个医院的？", has: ["刘毅是哪个医院的"] },
]);

describeConversation("a short question of another kind", hospitals, [
  { ask: "第一党支部书记孙卫萍创办了什么门诊？" },
  { ask: "哪一年？", has: ["孙卫萍", "哪一年", "创办", "门诊"], lacks: ["什么"] },
  { ask: "这个门诊接待哪些患者？" },
  { ask: "那黎柏峰每月去哪里义诊？" },
  { ask: "坚持了多少年？", has: ["黎柏峰坚持了多少年"], lacks: ["孙卫萍"] },
]);

describeConversation("traditional characters", hospitals, [
  { ask: "湘潭市中心醫院創立於哪一年？" },
  { ask: "它的黨委書記是誰？", has: ["湘潭市中心医院的黨委書記是誰"] },
  { ask: "那株洲的呢？", has: ["株洲市中心医院的黨委書記是誰"], lacks: ["湘潭"] },
  { ask: "該院有多少名黨員？", has: ["株洲市中心医院有多少名黨員"] },
]);

describeConversation("words that only look like pronouns", hospitals, [
  { ask: "湘潭市中心医院创立于哪一年？" },
  { ask: "其他援外医生还有谁？" },
  { ask: "该如何预约专家？" },
  { ask: "好的" },
  { ask: "食堂在几楼？" },
]);

describeConversation("a bridge and its builder", inventions, [
  { ask: "望仙桥建于哪一年？" },
  { ask: "谁修的？", has: ["望仙桥谁修的"], answered: "“主持修桥的工程师是叶守成。他坚持用原来的石料。”[1]" },
  { ask: "他用了几年？", has: ["叶守成用了几年"] },
  { ask: "桥长多少米？", has: ["望仙桥长多少米"], lacks: ["叶守成"] },
]);

describeConversation("a river in the answer", inventions, [
  { ask: "哪条河最长？", answered: "“白鹭河发源于云顶山，流经安和县、澄江市，注入东澜湖，全长412公里。”[1]" },
  { ask: "这条河有多少白鹭？", has: ["白鹭河有多少白鹭"] },
  { ask: "护鸟员是谁？", has: ["白鹭河的护鸟员是谁"], answered: "“护鸟员田阿根在那里守了八年。”[1]" },
  { ask: "他守了多少年？", has: ["田阿根守了多少年"] },
]);

describeConversation("two companies", inventions, [
  { ask: "远舟船舶公司和禾田种业公司哪个员工多？" },
  { ask: "它们的总部在哪里？", has: ["远舟船舶公司和禾田种业公司的总部在哪里"] },
  { ask: "前者呢？", has: ["远舟船舶公司的总部在哪里"], lacks: ["禾田", "前者"] },
]);

describe("any history", () => {
  const odd = [
    "",
    "？",
    "那",
    "呢",
    "那呢？",
    "“（a[b”省的呢？",
    "这(个)呢？",
    "$&它\\",
    "𠮷野家呢？",
    "那".repeat(500),
    "他".repeat(500),
  ];

  it("never makes a question empty, nor fails on one", () => {
    for (const first of odd) {
      for (const second of [...odd, "那湘潭的呢？", "它有多少党员？"]) {
        const history = [
          { role: "user" as const, content: "株洲市中心医院有多少名党员？" },
          { role: "user" as const, content: first },
        ];
        const resolved = hospitals(second, history);
        expect(resolved.trim() === "").toBe(second.trim() === "");
      }
    }
  });

  it("says the same of the same turns, whatever was asked before", () => {
    const history = [{ role: "user" as const, content: "湘潭市中心医院创立于哪一年？" }];
    const first = hospitals("党委书记是谁？", history);
    hospitals("他是谁？", [{ role: "user", content: "张威是谁？" }]);
    expect(hospitals("党委书记是谁？", history)).toBe(first);
  });

  it("is read as far as a question may be long, whatever a client says was asked", () => {
    const asked = (filling: number) => [
      { role: "user" as const, content: `${"问".repeat(filling)}湘潭市中心医院有多少名党员？` },
    ];
    expect(hospitals("它的党委书记是谁？", asked(400))).toContain("湘潭市中心医院的党委书记是谁");
    expect(hospitals("它的党委书记是谁？", asked(500))).not.toContain("湘潭市中心医院");
  });

  it("does not grow from turn to turn, whatever its pronouns stand for", () => {
    const turns = Array.from({ length: 10 }, () => [
      { role: "user" as const, content: "其".repeat(500) },
      { role: "assistant" as const, content: "其".repeat(2000) },
    ]).flat();
    for (const question of ["它们的其中其他们那里当时呢", `它呢${"其".repeat(400)}`])
      expect(hospitals(question, turns).length).toBeLessThan(question.length + 800);
  });

  it("knows the longest of the names that a question of nothing but names holds", () => {
    const names = "湘潭市中心医院、株洲市中心医院、".repeat(20);
    const history = [{ role: "user" as const, content: `${names}党委书记是谁？` }];
    expect(hospitals("它有多少名党员？", history)).toContain("中心医院");
  });

  it("may be empty, begin with the assistant, or be long", () => {
    expect(hospitals("它的党委书记是谁？", [])).toBe("它的党委书记是谁？");
    const greeting = { role: "assistant" as const, content: "您好，可以问我湘潭市中心医院的事。" };
    expect(hospitals("它的党委书记是谁？", [greeting])).toBe("湘潭市中心医院的党委书记是谁？");
    const turns = Array.from({ length: 40 }, () => ({
      role: "user" as const,
      content: "三三一医院有多少名党员？",
    }));
    expect(hospitals("那湘潭市中心医院呢？", turns)).toBe("湘潭市中心医院有多少名党员？");
  });
});
