import type { AnswerKind } from "../../../question/asking-phrases.ts";
import type { Span } from "../../../text/span.ts";
import { SURNAMES } from "../../../text/surnames.ts";
import { tokenize } from "../../../text/tagged-words.ts";

const DIGIT = "[\\d〇零一二两三四五六七八九十百千万亿]";
/** Justified lines leave a space between a number and its unit: 1900 年. */
const NUMBER = `(?:\\d[\\d,，.]*(?: ?[—–~-]+ ?\\d[\\d,.]*)?|[〇零一二两三四五六七八九十百千]+|半) ?[多余几来]?[万亿千百]*[多余]? ?`;
const PATTERNS: Partial<Record<AnswerKind, RegExp>> = {
  time: new RegExp(
    `(?:公元前?|西元前?|民国)?${DIGIT}{1,4} ?(?:年代|世纪|年) ?(?:初|末|底|中期|[春夏秋冬]季?)?(?:${DIGIT}{1,3} ?月 ?)?(?:${DIGIT}{1,3} ?[日号])?|` +
      `${DIGIT}{1,3} ?月 ?(?:${DIGIT}{1,3} ?[日号])?|${DIGIT}{1,3} ?[日号](?!线)|[周星期礼拜]{1,2}[一二三四五六日天]|` +
      "(?:今|去|前|明|同|当)年|(?:昨|今|明|当)[天日晚]|[春夏秋冬][季天]|元旦|春节|除夕|中秋|国庆|清晨|凌晨|上午|下午|晚上|" +
      "(?:夏|商|周|秦|汉|晋|隋|唐|宋|元|明|清)(?:朝|代)|(?:旧|新)石器时代|[\\p{Script=Han}]{1,3}(?:时期|时代)",
    "gu",
  ),
  duration: new RegExp(
    `${NUMBER}(?:个?多?(?:年|月|天|日|周|星期|小时|分钟|秒钟?|世纪|昼夜|季度|半年))(?:半|多)?`,
    "gu",
  ),
  money: new RegExp(
    `${NUMBER}(?:美|欧|日|港|台)?(?:元|圆|块|角|分钱|英?镑|卢布|法郎|马克|卢比|人民币|美金|两(?!岸|个|家|国|年|次))`,
    "gu",
  ),
  percentage: new RegExp(
    `${NUMBER}%|百分之${DIGIT}+(?:点${DIGIT}+)?|${DIGIT}+成|${DIGIT}+分之${DIGIT}+`,
    "gu",
  ),
  number: new RegExp(`${NUMBER}%?[\\p{Script=Han}a-z]{0,2}`, "gu"),
  reason:
    /因为|由于|因(?!此|而|素)|原因|鉴于|为了|为(?=[^了]{2,12}而)|旨在|缘于|起因|导致|以致|使得|所以|因此|因而|从而|出于/gu,
  method:
    /通过|利用|采用|采取|借助|经由|依靠|凭借|运用|使用|以[^\p{P}]{1,12}(?:为|来|的方式)|先[^\p{P}]{1,16}[再后]|方式|方法|措施/gu,
  definition:
    /是(?:一[种个名位座家部项款]|指|由|位于|[^\p{P}]{2,12}的)|指的?是|为(?=[^\p{P}])|即|称为|又称|简称|别名|又名|叫做|意思是|意为/gu,
  list: /[^\p{P}]{1,15}(?:、[^\p{P}]{1,15})+(?:[和与及等][^\p{P}]{1,15})?/gu,
};
const PLACE_NAME =
  /[\p{Script=Han}]{1,8}(?:省|市|县|区|镇|乡|村|州|国|洲|岛|山|河|湖|海|路|街|广场|大学|学院|学校|医院|中心|公园|车站|机场|教堂|寺|宫|大厦)/gu;
const QUOTED = /《[^》]+》|“[^”]{1,24}”|「[^」]{1,24}」|『[^』]{1,24}』/gu;

/**
 * The stretches of a sentence that could be an answer of this kind (offsets in the sentence), in their order. The sentence is
 * folded with `foldAligned`. Kinds without a shape of their own (yes-no) have none.
 */
export function findCandidates(kind: AnswerKind, sentence: string): Span[] {
  if (kind === "person")
    return [
      ...findNames(sentence),
      ...matchSpans(/[\p{Script=Han}a-z]+[·•・‧][\p{Script=Han}a-z·•・‧]+/gu, sentence),
    ];
  if (kind === "place") return [...findTagged(sentence, /^n[st]/u), ...matchSpans(PLACE_NAME, sentence)];
  if (kind === "thing") return [...matchSpans(QUOTED, sentence), ...findTagged(sentence, /^n[rstz]|^x$/u)];
  const pattern = PATTERNS[kind];
  return pattern ? matchSpans(pattern, sentence) : [];
}

function matchSpans(pattern: RegExp, sentence: string): Span[] {
  return Array.from(sentence.matchAll(pattern), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
}

function findTagged(sentence: string, tag: RegExp): Span[] {
  return tokenize(sentence).filter((span) => tag.test(span.tag) && span.end - span.start > 1);
}

/** jieba knows few names: a surname and one or two characters that it could not place count as one. */
function findNames(sentence: string): Span[] {
  return tokenize(sentence).filter(({ start, end, tag }) => {
    if (/^nr/u.test(tag)) return end - start > 1;
    const word = sentence.slice(start, end);
    return (
      tag === "x" &&
      /^\p{Script=Han}{2,4}$/u.test(word) &&
      (SURNAMES.has(word[0]!) || SURNAMES.has(word.slice(0, 2)))
    );
  });
}
