import { describeConversation, hospitals, inventions } from "./follow-up-conversations.ts";

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
