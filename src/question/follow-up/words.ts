/** Words of Chinese grammar by which a follow-up is known; none of them is a name. */

/** What may open a follow-up and says nothing: 那…, 还有，…. */
export const FILLER =
  /^(?:(?:那么|那(?![里儿边一年天时月个家位条座所项款支艘些种次场])|哦|噢|嗯|好的?|谢谢|明白了?|知道了|然后|接着|另外|此外|还有(?=[，,、])|所以|请问一?下?|我还?想(?:知道|问一?下?|了解一?下?)|再问一?下?|顺便问一?下?|换成|如果是)[，,、。！!\s]*)+/u;

/** What may close a question: particles and punctuation. */
export const CLOSING = /(?:呢|呀|啊|吧|嘛)?[\s?？。！!…]*$/u;

/** The asker, the chatbot, and the day of the talk: what speaks of them is no follow-up on the corpus. */
export const OF_THE_TALK =
  /[你您咱]|我(?![省市县国校院馆军])|今[天晚日]|明[天晚日]|后天|昨[天晚日]|现在几点|^几点/u;

/** Last words of what has a name of its own: institutions, and groups of people. */
const INSTITUTION =
  "医院|卫生院|学院|研究院|法院|检察院|剧院|影院|院区|公司|集团|企业|大学|中学|小学|学校|[一二三四五六七八九十]中|幼儿园|[局委厅馆社厂矿所站店队团司]|委员会|中心|科|科室|工作室|实验室|门诊|支部|总支|小组|党组|协会|学会|商会|联盟|基金会|银行|指挥部|俱乐部|乐团|剧团|网|点|基地";
/** … of places, natural and built. */
const LOCALITY =
  "[省市县区镇乡村州国洲屯寨]|[河江湖海溪山岭峰岛湾港洞]|水库|湿地|[塔桥寺庙宫楼街路巷]|公园|广场|遗址|古城|车站|机场|大厦";
/** … of works, products and undertakings. */
const WORK = "号|制|奖|模式|工程|项目|计划|活动|行动|平台|系统|大赛|论坛|展览|条例|方案|指南";

const institution = new RegExp(`(?:${INSTITUTION})$`, "u");
const locality = new RegExp(`(?:${LOCALITY})$`, "u");
const work = new RegExp(`(?:${WORK})$`, "u");
const any = new RegExp(`(?:${INSTITUTION}|${LOCALITY}|${WORK})$`, "u");

/** What a name ending so is the name of. */
export function kindOfEnding(text: string): "institution" | "place" | "work" | undefined {
  if (institution.test(text)) return "institution";
  if (locality.test(text)) return "place";
  return work.test(text) ? "work" : undefined;
}

/** The class that two names share if one may stand for the other: 医院 of 湘潭市中心医院, 河 of 白鹭河. */
export function classOf(name: string): string {
  return any.exec(name)?.[0] ?? "";
}

/** Titles that make a person of a surname: 林婆婆, 李师傅. */
export const TITLE_AFTER_SURNAME =
  "师傅|婆婆|爷爷|奶奶|大爷|大妈|大叔|阿姨|叔叔|伯伯|老师|医生|大夫|主任|院长|教授|院士|书记|队长|馆长|局长|校长|经理|先生|女士|某某?";

/** Nouns for persons: what 他 may stand for, though no name is told. */
export const PERSON_NOUN =
  /(?:[人者员师生长手孩童婆爷士]|主任|书记|专家|教授|医生|护士|患者|队长|馆长|局长|创始人|姑娘|小伙子?|男孩|女孩|孩子|父亲|母亲|作者|总监|经理)$/u;

/** A year, a date, or a word that stands for one. */
export const TIME =
  /(?:\d{4}|[〇零一二三四五六七八九]{4}|\d{2})年(?:代|[初末底])?(?:\d{1,2}月份?(?:\d{1,2}[日号])?)?|\d{1,2}月(?:份|\d{1,2}[日号])?|[今去前]年|上世纪[一二三四五六七八九]十年代/gu;
