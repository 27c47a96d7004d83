/** What a question wants to know. `thing` is everything that no narrower kind fits. */
export type AnswerKind =
  | "person"
  | "time"
  | "duration"
  | "money"
  | "percentage"
  | "number"
  | "place"
  | "reason"
  | "method"
  | "list"
  | "definition"
  | "yes-no"
  | "thing";

/** An asking phrase, and the kind of answer it announces. The first that matches a folded question decides. */
export type AskingPhrase = { readonly kind: AnswerKind; readonly pattern: RegExp };

/** Units of time that may follow 多少 or 几. */
const TIME_UNIT = "(?:年|个?年头|个?月|天|日|日子|周|个?星期|个?礼拜|个?小时|个?钟头|分钟|秒|个?世纪|岁月)";

/** What makes a plain 多少 ask for a share, or for money; it stays in the question. */
const SHARE = "(?:比例|占比|百分比|比重|[比几概效利死患治病合覆]率|率)";
const PRICE = "(?:价格|售价|票价|费用|票房|工资|收入|产值|奖金|费|成本|造价|投资)";
const IS = "(?:大?约?是|为|达到?|有|占|降到了?|升到了?|提高到了?)?";

export const ASKING_PHRASES: readonly AskingPhrase[] = [
  {
    kind: "reason",
    pattern:
      /为(?:的是)?什么|为何|为(?:的是)?啥|(?:什么|啥)(?:原因|缘故|缘由)|何故|因何|凭(?:什么|啥)|图(?:个|的)?(?:是)?(?:什么|啥)|[怎咋]么?会|(?<=原因|缘故)(?:有哪些|是什么|是啥)|\bwhy\b/u,
  },
  {
    kind: "percentage",
    pattern: new RegExp(
      `百分之(?:几|多少)|(?:多大|多少)(?=的?(?:比例|百分比|比重))|(?<=${SHARE}${IS})(?:多少|几成|多大|多高)`,
      "u",
    ),
  },
  {
    kind: "money",
    pattern: new RegExp(
      `多少(?:块?钱|元|美元|欧元|日元|英镑|万元|亿元|人民币|港元|港币)|几个钱|几块钱|(?:多少|几)(?=善款|资金|经费|工资|奖金)|(?<=${PRICE}${IS})多少|\\bhow much\\b`,
      "u",
    ),
  },
  {
    kind: "duration",
    pattern: new RegExp(
      `多久|多长(?:时间|日子)|多少(?:时间|时日|工夫)|(?:多少|几(?![月日]))${TIME_UNIT}(?!份|代|出生|的时候)|\\bhow long\\b`,
      "u",
    ),
  },
  {
    kind: "time",
    pattern:
      /(?:什么|啥)时候?|几时|多会儿|(?:什么|啥)时节|什么时间|什么时期|什么年代|何时|何年|何月|何日|哪一?年|哪一?天|哪一?日|哪一?个?月|哪个(?:时期|时间|年代|世纪|朝代|时代)|哪一?(?:时期|朝代|年代|世纪)|几月(?:几[日号])?|几日|(?:几|多少)(?:号|点)|\bwhen\b|\b(?:what|which) (?:year|date|day|month)\b/u,
  },
  {
    kind: "person",
    pattern:
      /谁|哪一?位|哪几位|何人|什么人|啥人|哪一?个?人(?!口|民)|哪些人|哪个(?=人物|皇帝|导演|演员|作家|歌手|国王|总统|将军)|哪一?名(?!次)|\bwhom?\b/u,
  },
  {
    kind: "place",
    pattern:
      /哪里|哪儿|何处|何地|什么地方|啥地方|在哪[里儿块]|[上去往到从打]哪(?![几一二两三个些位种样条家本部句段年天])|在哪(?!些|个|位|几|一|年|天)|哪一?个?(?=国家|国|城市|省|市|县|区|州|镇|村|地区|地方|地点|洲|岛|大学|学校|医院)|什么(?=国家|城市|地区)|\bwhere\b/u,
  },
  {
    kind: "list",
    pattern:
      /哪些|哪几|哪[两二三四五六七八九十]|分别|(?:都|还|又|共|各)有(?:什么|啥)|(?:有什么|有啥)(?=特点|作用|功能|优点|影响|要求|好处|用处)|(?<=包括)(?:什么|哪)/u,
  },
  {
    kind: "number",
    pattern:
      /多少|几(?!乎|率|何)|多[大高长重远深宽快]|(?<=数量是)什么|\bhow (?:many|old|far|tall|large|big)\b/u,
  },
  {
    kind: "method",
    pattern:
      /[靠拿用](?:的是)?(?:什么|啥)|凭借(?:什么|啥)|如何|怎么样?|怎样|怎麽|咋样?|(?<=通过)什么(?=方式|方法|手段|办法)|\bhow\b/u,
  },
  { kind: "yes-no", pattern: /是否|是不是|有没有|能不能|能否|可否|可不可以|吗$/u },
  { kind: "definition", pattern: /^(?:什么|啥)(?:是|叫)|^何谓|(?<=是|指)(?:的是)?(?:什么|啥)$|是什么意思/u },
  {
    kind: "thing",
    pattern:
      /什么|啥|哪一?(?:个|种|部|项|本|座|家|条|类|支|款|篇|首|场|届|所|间)?|何种|何|\b(?:what|which)\b/u,
  },
];

/** Words around an asking phrase that ask and say nothing of what is asked: 请问…, 你知道…吗. */
export const POLITE_WORDS =
  /请问一?下?|请告诉我|告诉我|我想(?:知道|问一?下?|了解一?下?)|你知道|能不能告诉我|麻烦(?:问一?下?)?|帮我查一?下?|谢谢|[呢啊]$/gu;
