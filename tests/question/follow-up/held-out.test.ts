import { describeConversation, hospitals, inventions } from "./conversations.ts";

describeConversation("a clinic, and then its people", hospitals, [
  {
    ask: "民医工作室是哪一天正式开诊的？",
    answered: "“2021年7月1日是建党100周年的日子，该工作室也在当天正式开诊。”[1]",
  },
  { ask: "在医院的几楼？", has: ["民医工作室", "在医院的几楼"] },
  { ask: "它收挂号费吗？", has: ["民医工作室收挂号费"], lacks: ["它"] },
  { ask: "这个工作室是谁牵头创办的？", has: ["民医工作室是谁牵头创办的"], lacks: ["这个"] },
]);

describeConversation("a doctor abroad", hospitals, [
  {
    ask: "哪位援外医生做手术时眼睛被溅到带艾滋病毒的血液？",
    answered: "“共产党员、关东外科副主任医师张威是湖南省第15批援津巴布韦医疗队员。”[1]",
  },
  { ask: "他是哪一年去津巴布韦的？", has: ["张威是哪一年去津巴布韦的"], lacks: ["他"] },
  { ask: "在那里待了多久？", has: ["津巴布韦待了多久"], lacks: ["那里"] },
  { ask: "刘伟援藏去了几次？" },
]);

describeConversation("a town and a district", hospitals, [
  { ask: "市三三一医院2017年向两家卫生院转出了多少人次？" },
  { ask: "专家去戴家坝卫生院多少人次？" },
  { ask: "那白关镇中心卫生院呢？", has: ["白关镇中心卫生院", "多少人次"], lacks: ["戴家坝", "呢"] },
  {
    ask: "三三一医院泌尿外科主任是谁？",
    answered: "“该院泌尿外科主任殷俊铨，自2015年始在株洲市率先开展日间手术。”[1]",
  },
]);

describeConversation("a party branch and its model", hospitals, [
  {
    ask: "第一党支部目前有多少名党员？",
    answered: "“目前有党员24名。其中，有高级职称12人，博士研究生8名。”[1]",
  },
  { ask: "其中博士研究生有几名？", has: ["第一党支部", "博士研究生有几名"], lacks: ["其中"] },
  { ask: "书记是谁？", has: ["第一党支部的书记是谁"] },
  { ask: "“三三制”人力资源配置管理模式是怎么设置的？" },
  { ask: "这个模式有什么好处？", has: ["三三制", "有什么好处"], lacks: ["这个模式", "第一党支部"] },
]);

describeConversation("the same for another hospital, twice", hospitals, [
  { ask: "湘潭市中心医院是哪年创立的？" },
  { ask: "三三一医院呢？", has: ["三三一医院是哪年创立的"], lacks: ["湘潭"] },
  { ask: "那市中西医结合医院呢？", has: ["市中西医结合医院是哪年创立的"], lacks: ["湘潭", "三三一"] },
  { ask: "谢谢！" },
]);

describeConversation("vaccination", hospitals, [
  { ask: "湖南科大方舱接种点6天内为多少人完成首剂疫苗接种？" },
  { ask: "那儿有几个接种区？", has: ["接种点", "有几个接种区"], lacks: ["那儿"] },
  { ask: "第一党支部为乐乐筹集了多少善款？" },
  { ask: "他得的是什么病？", has: ["乐乐得的是什么病"], lacks: ["他", "接种"] },
]);

describeConversation("new topics one after the other", hospitals, [
  { ask: "湘潭市中心医院有多少名注册志愿者？" },
  { ask: "乡下老人突发心梗是怎么被及时救回来的？" },
  { ask: "武当仙鹤草种植了多少亩？" },
  { ask: "得益于外请专家，本地病人转到外市看病的比例降到了多少？" },
  { ask: "北京有多少人口？" },
  { ask: "请推荐一部好看的电影。" },
]);

describeConversation("years of a museum", inventions, [
  { ask: "澄江市博物馆2019年接待了多少观众？" },
  { ask: "南岭自然博物馆那年呢？", has: ["南岭自然博物馆", "2019年", "多少观众"], lacks: ["澄江", "那年"] },
  { ask: "该馆藏有多少件标本？", has: ["南岭自然博物馆藏有多少件标本"], lacks: ["该馆", "澄江"] },
  { ask: "大厅里的蓝鲸骨架有多长？" },
]);

describeConversation("a treasure and who mended it", inventions, [
  { ask: "青鸾铜灯是哪年出土的？", answered: "“镇馆之宝“青鸾铜灯”高48厘米，1976年出土于柳荫墩遗址。”[1]" },
  { ask: "在哪里？", has: ["青鸾铜灯", "在哪里", "出土"], lacks: ["哪年"] },
  { ask: "高多少厘米？", has: ["青鸾铜灯高多少厘米"] },
  {
    ask: "谁修复了它？",
    has: ["谁修复了青鸾铜灯"],
    answered: "“修复师沈仲安用了三年时间，才把碎成37片的灯身拼好。”[2]",
  },
  { ask: "他用了多长时间？", has: ["沈仲安用了多长时间"], lacks: ["他"] },
]);

describeConversation("a rice and its company", inventions, [
  { ask: "禾田种业公司是谁创办的？", answered: "“禾田种业公司由何秋兰在2001年创办，总部设在安和县。”[1]" },
  { ask: "远舟船舶公司呢？", has: ["远舟船舶公司是谁创办的"], lacks: ["禾田"] },
  { ask: "“禾田六号”亩产多少公斤？" },
  { ask: "推广到了几个省？", has: ["禾田六号", "推广到了几个省"], lacks: ["远舟"] },
  { ask: "具体是哪些？", has: ["禾田六号", "哪些", "省"], lacks: ["几个"] },
]);

describeConversation("a river and its works", inventions, [
  { ask: "白鹭河治理工程总投资是多少？" },
  { ask: "关停了多少家造纸厂？", has: ["白鹭河治理工程", "关停了多少家造纸厂"] },
  { ask: "为什么？", has: ["为什么", "关停", "造纸厂"], lacks: ["多少"] },
  { ask: "望仙桥建于哪一年？" },
  { ask: "它有多长？", has: ["望仙桥有多长"], lacks: ["白鹭"] },
]);

describeConversation("a mayor who is not there, and small talk", inventions, [
  { ask: "水务局局长是谁？", answered: "“市水务局局长贺建平说：‘治水要先治岸。’”[1]" },
  { ask: "他多久沿河步行一次？", has: ["贺建平多久沿河步行一次"] },
  { ask: "今天的天气怎么样？" },
  { ask: "圆周率是多少？" },
  { ask: "你会写诗吗？" },
  { ask: "首席专家是谁？" },
]);
