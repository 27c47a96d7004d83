/** A whole line in brackets that tells who gave what: （本版图片均由…提供）. */
export function isCredit(line: string): boolean {
  return /^[（(][^（()）]{2,60}[)）]$/u.test(line) && CREDIT.test(line);
}

const CREDIT = /供图|图片|图\/|摄影|摄|提供|记者|通讯员|文\/|责编|编辑|来源|作者|記者|攝/u;

/** Roles with names, and nothing else: 记者毛以国 李琳婕 通讯员周晓亮 龚伟. */
export function isByline(line: string): boolean {
  if (line.length > 80 || /[，。；！？]/u.test(line)) return false;
  const words = line.replace(/\s*([/／:：|])\s*/gu, "$1").split(/[\s、]+/u);
  const roles = words.map(roleOf);
  if (!roles[0] || !words.every((word, i) => roles[i] || NAME.test(word))) return false;
  return roles.some((role) => role === "certain") || (words.length > 1 && roles[0] === "alone");
}

/** Words that are followed by people, after a stroke, a colon or a space. */
const ROLE =
  "[\\p{Script=Han}]{0,10}(?:记者|記者|通讯员|通訊員|特派员|实习生|评论员)|文字?|图片?|圖|文图|图文|供图|摄影|攝影|撰文|作者|编辑|責任編輯|责编|责任编辑|整理|来源|來源|稿源|日期|时间|发布时间|刊发日期";
const WITH_SEPARATOR = new RegExp(`^(?:${ROLE})[/／:：|]\\S{1,24}$`, "u");
const ALONE = new RegExp(`^(?:${ROLE})$`, "u");
const NAME = /^[\p{Script=Han}·]{1,5}$/u;

/** The commonest family names: 图 before one of them is a role, before 书馆 it is not. */
const FAMILY =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧向肖左柳莫張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈閻葉鐘譚鄒陸顧龍萬錢湯賀賴龔";
const WITH_PEOPLE = new RegExp(
  `^[\\p{Script=Han}]{0,10}(?:记者|記者|通讯员|通訊員|撰文)[${FAMILY}][\\p{Script=Han}·]{1,7}$`,
  "u",
);
const WITH_GIVER = /^供图[\p{Script=Han}]{2,12}$/u;
const SHORT_WITH_PEOPLE = new RegExp(`^[文图圖][${FAMILY}][\\p{Script=Han}·]{1,7}$`, "u");

/** `alone` and `perhaps` need others beside them: 文 may be a word's beginning. */
function roleOf(word: string): "certain" | "alone" | "perhaps" | undefined {
  if (WITH_SEPARATOR.test(word) || WITH_PEOPLE.test(word) || WITH_GIVER.test(word)) return "certain";
  if (ALONE.test(word)) return "alone";
  return SHORT_WITH_PEOPLE.test(word) ? "perhaps" : undefined;
}
