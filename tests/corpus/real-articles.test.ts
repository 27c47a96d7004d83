import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { Article } from "../../src/corpus/article.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { splitSentences } from "../../src/text/sentences.ts";

const CORPUS = fileURLToPath(new URL("../../corpus/", import.meta.url));
const IDS = [
  "shiyan-zhongxiyi-2023",
  "xiangtan-zhongxin-2021",
  "zhuzhou-331-2018",
  "zhuzhou-zhongxin-2020",
  "zhuzhou-zhongxin-diyizhibu-2024",
];

let articles: Map<string, Article>;
const files = new Map<string, string>();

beforeAll(async () => {
  const corpus = await readCorpus(CORPUS);
  articles = new Map(corpus.articles.map((article) => [article.id, article]));
  for (const id of IDS) files.set(id, await readFile(`${CORPUS}${id}.txt`, "utf8"));
});

const bare = (text: string) => text.replace(/\s/gu, "");
const linesOf = (id: string) => articles.get(id)!.text.split("\n");
const sentencesOf = (id: string) => {
  const { text } = articles.get(id)!;
  return splitSentences(text).map(({ start, end }) => text.slice(start, end));
};

describe("the five articles of the corpus", () => {
  it("are read by the names of their files, in order", () => {
    expect([...articles.keys()]).toEqual(IDS);
  });

  it.each([
    [
      "shiyan-zhongxiyi-2023",
      "红旗漫卷绘新篇——市中西医结合医院党建引领高质量发展纪略",
      "shiyan-zhongxiyi-2023.txt",
    ],
    [
      "xiangtan-zhongxin-2021",
      "“惠景担当”暖民心——湘潭市中心医院党建引领创新发展纪实",
      "xiangtan-zhongxin-2021.txt",
    ],
    ["zhuzhou-331-2018", "“红色引擎”迸发澎湃力量——市三三一医院党建促发展纪实", "zhuzhou-331-2018.txt"],
    [
      "zhuzhou-zhongxin-2020",
      "医者红心耀三湘——株洲市中心医院推进党建领航创新发展综述",
      "zhuzhou-zhongxin-2020.txt",
    ],
    [
      "zhuzhou-zhongxin-diyizhibu-2024",
      "「医」路高歌红旗扬——荣获全国「公立医院临床科室标杆党支部」纪实",
      "株洲日报",
    ],
  ])("%s has its title and source", (id, title, source) => {
    expect(articles.get(id)).toMatchObject({ title, source });
    expect(articles.get(id)?.publishedAt).toBeUndefined();
  });

  it.each(IDS)("%s loses nothing but white space, heading marks and repeats", (id) => {
    const written = bare(files.get(id)!.replace(/^#+/gmu, ""));
    const repeat =
      "倡导“以病人为中心”的人本位服务理念，该院推出无病房、生日祝福、出院宣教、微信服务等服务举措。利用手机语音、手机微信、病房广播、宣教资料等载体，很好的开展了健康知识宣教，得到患者的点赞。";
    expect(bare(articles.get(id)!.text)).toBe(written.replace(repeat + repeat, repeat));
  });

  it.each(IDS)("%s has no sentence that does not stand in its file, white space aside", (id) => {
    const written = bare(files.get(id)!);
    for (const sentence of sentencesOf(id)) expect(written).toContain(bare(sentence));
  });

  it.each(IDS)("%s has no sentence that breaks off", (id) => {
    const { text, headings = [], captions = [] } = articles.get(id)!;
    const apart = new Set([...headings.map(({ span }) => span), ...captions].map(({ end }) => end));
    const broken = splitSentences(text)
      .filter(({ end }) => !apart.has(end))
      .map(({ start, end }) => text.slice(start, end))
      .filter((sentence) => !/[。！？?；;…][”）]?$/u.test(sentence));
    expect(broken).toEqual([]);
  });

  it.each([
    ["xiangtan-zhongxin-2021", "在伟人故里湘潭，坐落着一家三级甲等综合医院——湘潭市中心医院。"],
    [
      "xiangtan-zhongxin-2021",
      "医院创立于 1900 年，至今已有 121 年历史，沉淀了“景仰生命，惠济百姓”的担当精神。",
    ],
    [
      "xiangtan-zhongxin-2021",
      "湘潭市中心医院方舱接种点以高效、快速、有序，顺利完成了全市 25.4万余剂次接种任务。",
    ],
    [
      "xiangtan-zhongxin-2021",
      "此外，“弘扬医院文化，情系惠景未来”主题演讲比赛、道德大讲堂等一系列丰富多彩的活动，也营造了全院“重医术、讲医德”的从业氛围，构筑了医者的思想道德高地。",
    ],
    [
      "xiangtan-zhongxin-2021",
      "自 2017 年成立理事会以来，湘潭市中心医院医疗健康集团已有 40 多家成员单位，建立了医疗集团内统一的检验中心、影像诊断中心、病理诊断中心、心电诊断中心，通过搭建大数据平台突破了集团成员之间的信息壁垒，通过自主研发的慢病信息系统全覆盖，实现医疗机构之间的信息贯通。",
    ],
    ["xiangtan-zhongxin-2021", "医院党委组织机关、后勤党总支党员前往醴陵左权故居等地接受红色教育。"],
    ["xiangtan-zhongxin-2021", "湘潭市中心医院百年芳华正青春。"],
    [
      "zhuzhou-331-2018",
      "红色教育润物细无声，组织党员观看核市原创歌剧《英·雄》，组织党务干部到怀化芷江通道进行红色教育。",
    ],
    [
      "zhuzhou-331-2018",
      "在今年首届医师节来临之际，该院召开庆祝表彰大会，对“十佳医师”、技能竞赛优胜者、科技创新人员、优秀论文撰写者进行了表彰奖励，对5个“杏林世家”和17个“杏林之家”颁发了特殊荣誉奖。",
    ],
    [
      "zhuzhou-zhongxin-2020",
      "2019年6月28日下午，在市中心医院学术报告厅，庆祝中国共产党成立98周年暨“不忘初心 牢记使命”精品党课评选大会精彩上演。",
    ],
    ["zhuzhou-zhongxin-2020", "作为队长单位，市中心医院派出党委委员、工会主席等两名队员驻村帮扶。"],
    ["zhuzhou-zhongxin-diyizhibu-2024", "2021年6月21日,乐乐住进株洲市中心医院关节外科。"],
    [
      "zhuzhou-zhongxin-diyizhibu-2024",
      "2021年4月,结直肠肛门外科参加由中华医学会外科学分会结直肠外科学组主办、《中国实用外科杂志》编辑部等单位协办的第四届全国结直肠外科精英团队技能展示邀请赛,荣获湖南、江西赛区第一名,成功晋级全国决赛,并在全国决赛中荣获优秀奖。",
    ],
    [
      "zhuzhou-zhongxin-diyizhibu-2024",
      "值得一提的是,2023年9月,“民医核心专家联合门诊”正式开诊,免收挂号费,在每周二下午陆续开设了腹部疾病、心脑血管疾病、儿童疾病、肺部疾病方向等4个联合门诊,解决了多种疾病的患者反复挂号、耗时长、流程多的问题,饱受患者好评。",
    ],
    [
      "shiyan-zhongxiyi-2023",
      "近年来，医院党总支、党支部荣获各级各类表彰21次，表彰优秀共产党员、“十星级”共产党员56人次、优秀党务工作者28人次。",
    ],
    [
      "shiyan-zhongxiyi-2023",
      "3年来，先后购置血管造影机（DSA）和体外膜肺氧合（ECMO）、60排CT等一批临床急需的大型医疗设备，发热门诊顺利投入使用，完成11亩土地征收和中西医结合能力提升项目前期准备工作，升级改造HIS、LIS、PACS等信息化系统，实现了移动支付、自助服务，方便病人就诊。",
    ],
  ])("%s says whole: %s", (id, sentence) => {
    expect(sentencesOf(id)).toContain(sentence);
  });

  it("keep their headings as headings", () => {
    expect(headingsOf("xiangtan-zhongxin-2021")).toEqual([
      "红心向党，抓牢党建“牛鼻子”",
      "爱心永恒，绽放志愿服务之花",
      "仁心济世，日夜鏖战展现惠景担当",
      "初心不改，以文化自信构筑思想高地",
      "民心相通，大医精诚服务湘中大地",
    ]);
    expect(headingsOf("zhuzhou-zhongxin-diyizhibu-2024")).toEqual([
      "医心向党 锻造党建品牌",
      "初心不改 厚植民本情怀",
      "匠心独具 勇攀学科高峰",
      "结束语",
    ]);
    expect(headingsOf("zhuzhou-331-2018")).toContain("优化服务 造福一方百姓");
    expect(headingsOf("zhuzhou-zhongxin-2020")).toContain("B 筑牢战斗堡垒，每位党员都是突击手");
  });

  it("keep captions and bylines on lines of their own", () => {
    expect(captionsOf("shiyan-zhongxiyi-2023")).toEqual([
      "记者毛以国 李琳婕 通讯员周晓亮 龚伟",
      "创一流 争第一 干唯一",
      "全市能力作风建设半年晒成效",
      "结合医院 市中西医",
      "医院组织党员干部到郟阳区月亮湖红色教育基地学习参观",
      "医院荣获湖北省中医药科学技术奖",
      "讲授《树家风 强科风 促行风》专题党课",
      "联合市太和医院开展支部主题党日活动",
      "医院公开招聘高层次人才",
      "开展心脏射频消融术",
    ]);
    expect(captionsOf("zhuzhou-331-2018")).toContain("▲ 胸痛中心启动绿色通道为心梗患者快速进行介入手术");
    expect(captionsOf("zhuzhou-zhongxin-diyizhibu-2024")).toContain("“民医工作室”的党员专家正在进行坐诊。");
    expect(captionsOf("xiangtan-zhongxin-2021")).toEqual([
      "彭 婷 沈灼非",
      "（本版图片均由湘潭市中心医院宣传科提供）",
    ]);
  });

  it("keep the spaces that part words and lose those of justification", () => {
    expect(linesOf("zhuzhou-zhongxin-diyizhibu-2024")).toContain("株洲日报全媒体记者刘琼 通讯员李焱 曾郁");
    expect(articles.get("shiyan-zhongxiyi-2023")!.text).toContain("“提能力 转作风 微笑服务十个一”");
    for (const id of IDS)
      expect(articles.get(id)!.text).not.toMatch(/(?:\p{Script=Han} ){3}\p{Script=Han}(?:\s|，)/u);
  });
});

function headingsOf(id: string): string[] {
  const { text, headings = [] } = articles.get(id)!;
  return headings.filter(({ level }) => level > 0).map(({ span }) => text.slice(span.start, span.end));
}

function captionsOf(id: string): string[] {
  const { text, captions = [] } = articles.get(id)!;
  return captions.map(({ start, end }) => text.slice(start, end));
}
