import type { Span } from "./span.ts";

/** What a number tells, by the unit behind it; `thing` is whatever is counted with another measure word. */
export const QUANTITIES = [
  "date",
  "clock",
  "duration",
  "money",
  "ratio",
  "age",
  "people",
  "times",
  "length",
  "area",
  "weight",
  "volume",
  "degree",
  "rank",
  "thing",
] as const;
export type Quantity = (typeof QUANTITIES)[number];

export type QuantitySpan = Span & { readonly quantity: Quantity };

// All repetitions are bounded: the time stays in proportion to the text, whatever stands in it.
const DIGIT = "[〇零一二三四五六七八九十]";
const NUMERAL = "[〇零一二三四五六七八九十百千万亿两]";
/** 1,200 or 3.5; a comma that ends a clause belongs to no number. */
const ARABIC = "\\d{1,12}(?:,\\d{3}){0,4}(?:\\.\\d{1,6})?";
/** Not inside another number, and not after what makes it an ordinal or part of a name: 第二天, 神舟五号. */
const LEFT = "(?<![第\\d.〇零一二三四五六七八九十百千万亿])";
/** 5—8, 12亿5千万, 3万多, 二十来. */
const NUMBER =
  `${LEFT}(?:${ARABIC}(?: ?[—–~-]{1,2} ?${ARABIC})?(?:[万亿千百]{1,2}\\d{1,4}(?=[万千]))?|` +
  `${NUMERAL}{1,12}(?:点[〇零一二三四五六七八九]{1,4})?|几|(?<![多少大无人次总分指参])数(?![字量目据])|(?<![上下前后多大小过一])半)` +
  "(?: ?[多余几来])?[万亿千百十]{0,3}[多余]? ?";
/** 一位医生 counts nobody, 十一位 does. */
const COUNT = `(?!一[^一二三四五六七八九十百千万亿多余])${NUMBER}`;

const DAY_OF_MONTH = `(?:[12]?\\d|3[01]|[一二三]?十?[一二三四五六七八九]|[二三]?十)`;
const MONTH = `(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])`;
const YEAR =
  "(?:公元前? ?\\d{1,4}|[12]\\d{3}|[一二][〇零一二三四五六七八九]{3})(?: ?[—–~-]{1,2} ?[12]\\d{3})?";
const PART_OF_YEAR = "(?:[春夏秋冬][天季]?|年?[初底末中](?![学小]))";
const DATE = [
  `(?:\\d{2,4}|${DIGIT}{1,4}) ?(?:年代|世纪)(?:初|末|中期)?`,
  `${YEAR} ?年(?![代龄级])${PART_OF_YEAR}?(?: ?${MONTH} ?月份?(?:${DAY_OF_MONTH} ?[日号])?)?`,
  `(?:民国|光绪|宣统|同治|道光|乾隆|康熙|嘉庆)(?:\\d{1,2}|${DIGIT}{1,3}|元) ?年`,
  `${LEFT}\\d{2} ?年(?![代龄级来多间前后])`,
  `${LEFT}${MONTH} ?月份?(?: ?${DAY_OF_MONTH} ?[日号])?`,
  `(?<![第\\d.〇零一二三四五六七八九十百千万亿路街巷舟号a-z])${DAY_OF_MONTH} ?[日号](?![线楼院店病房床文厂井])`,
  "(?:星期|礼拜)[一二三四五六日天]|周[一二三四五六日](?![次天个节场遍年岁])",
  "[正腊]月(?:初?[一二三四五六七八九十]{1,3})?",
  `(?<![目从以之不天])(?:去|今|前|明|同|当|翌|次)年(?![龄级纪产度代])${PART_OF_YEAR}?`,
].join("|");

const PART_OF_DAY = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|[早晚夜])";
const HOUR = "(?:1\\d|2[0-4]|\\d|十[一二]?|[一二三四五六七八九两零])";
/** 九点二平方公里 is no time of day. */
const MINUTES =
  "(?:(?:[0-5]?\\d|[二三四五]?十[一二三四五六七八九]?|零?[一二三四五六七八九])(?:分|(?![\\d平公米吨个亿万千元斤倍%成度岁厘毫]))|[一三]刻|半|整)";
const CLOCK = [
  `${PART_OF_DAY} ?${HOUR} ?[点时](?:钟|${MINUTES})?`,
  `${LEFT}(?:[01]?\\d|2[0-4]):[0-5]\\d`,
  `${LEFT}(?!一点)${HOUR} ?点(?:钟|${MINUTES})?(?![意看建想要内名\\d一二三四五六七八九])`,
  `${LEFT}一点(?:钟|${MINUTES})`,
  `${LEFT}${HOUR}时(?:${MINUTES}|许)`,
].join("|");

const RATIO = [
  `${NUMBER}(?:%|个百分点|倍|成(?![都为立员功长就]))`,
  `百分之(?:${ARABIC}|${NUMERAL}{1,12}(?:点${NUMERAL}{1,4})?)`,
  `${LEFT}${NUMERAL}{1,4}分之${NUMERAL}{1,12}`,
  "(?:一大半|一小半|一多半|一半|大半)(?![年天个夜辈生])",
].join("|");

const MONEY = [
  `${NUMBER}(?:美|欧|日|港|台|韩)?(?:元|圆(?!形))(?:\\d{1,2}|${DIGIT})?(?:角\\d?)?`,
  `${NUMBER}(?:块钱|毛钱|角钱|分钱|英镑|卢布|法郎|马克|卢比|人民币|美金|银元|大洋)`,
  `${COUNT}块(?![地田石木牌砖板儿肉布奖屏黑])(?:\\d|${DIGIT})?`,
  `(?<![长珠])${COUNT}[毛角](?:${DIGIT}|(?=[\\p{P}\\s]|$))`,
].join("|");

const DURATION =
  `${NUMBER}(?:个?半|个?多?)?(?:年(?![级龄代])头?|(?<=[个多半])月|天|日(?!元)|周(?![岁年])|星期|礼拜|小时|钟头|分钟|秒钟?|世纪|昼夜|季度|` +
  "学期|夜|晚|载|辈子|代人)[半多零]?|" +
  `${LEFT}(?:[几数半两]|1[3-9]|[2-9]\\d) ?个?月|${COUNT}个半(?:年|月|小时|钟头|世纪)`;

/** 冠军 and 第三名, and the first ten of a list. */
const RANK = [
  `第(?:\\d{1,4}|${NUMERAL}{1,6})[名位个家所届批次]`,
  `前(?:\\d{1,3}|${NUMERAL}{1,4})[名位]`,
  "[首头][位名家个届批次]",
  "[冠亚季]军",
  "[一二三]等奖",
  "[金银铜]牌",
].join("|");

const MEASURE_WORDS =
  "[个件台辆架张座间家所栋幢头只匹条尾棵株本册部篇项种类支枝双套艘枚块户层门床份批段句首幅面把根粒颗顶眼盏扇排行列堂课期卷" +
  "页针剂片瓶碗杯箱袋包桶缸盘桌筐捆束串滴团组队班处宗起桩款道站线幕集封帧厢孔口声步](?!半)";

/** In the order in which they are tried: the first that matches at a place is what stands there. */
const UNITS: readonly (readonly [Quantity, string])[] = [
  ["date", DATE],
  ["clock", CLOCK],
  ["ratio", RATIO],
  ["degree", `${NUMBER}(?:摄氏度|℃|°)|(?!百度)${COUNT}度(?![假过日电])`],
  ["money", MONEY],
  ["age", `${NUMBER}周?岁`],
  ["duration", DURATION],
  ["area", `${NUMBER}(?:亩|平方(?:公里|千米|米)?|平米|㎡|m²|m2|公顷|顷)`],
  [
    "volume",
    `${NUMBER}(?:立方米?|毫升|升(?![级任到为至学]))|${LEFT}(?:\\d{1,6}|${NUMERAL}{2,8})方(?![面案法式位百])`,
  ],
  ["length", `${NUMBER}(?:公里|千米|厘米|毫米|海里|米|里(?![面头边])|尺|寸|丈|公分|km|cm|mm|m(?![a-z\\d²]))`],
  [
    "weight",
    `${NUMBER}(?:公斤|千克|斤|吨|克(?![服隆])|担(?![任心当保])|kg)|${COUNT}两(?![个家国年次人岸位句条])`,
  ],
  ["rank", RANK],
  ["people", `${COUNT}多?(?:人次|人(?![民物体家类工均才])|名(?![字称])|位(?![于置数列居])|口人|例)`],
  ["times", `${COUNT}(?:次(?!性)|趟|回(?![到来家事])|遍|场|届|轮|番)`],
  ["thing", `${COUNT}${MEASURE_WORDS}`],
];

const PATTERN = new RegExp(UNITS.map(([, unit]) => `(${unit})`).join("|"), "gu");

/** The quantities in a folded text, in their order; none shares a character with another. */
export function findQuantities(text: string): QuantitySpan[] {
  return Array.from(text.matchAll(PATTERN), (match) => {
    const group = match.findIndex((part, i) => i > 0 && part !== undefined);
    return { start: match.index, end: match.index + match[0].length, quantity: UNITS[group - 1]![0] };
  });
}
