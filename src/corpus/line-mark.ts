/** What a line says about itself by the way it starts. */
export type LineMark =
  | { readonly kind: "heading"; readonly level: number }
  | { readonly kind: "caption" | "byline" | "credit" | "item" | "label" | "rest" | "rule" | "none" };

/** No line of its own starts with a mark that closes or parts. */
const CONTINUES = /^[，。、；：！？”’」』）》〉】]|^[…⋯]+[”’」』）]*$/u;

const PAGE_NUMBER = /^[-—–·\s]*\d{1,4}[-—–·\s]*$|^第\s?\d+\s?页/u;

/** A day and nothing else. */
const DATE =
  /^\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s?星期.)?(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?$/u;

/** Reads the marks of a line: `#` of a heading, ▲ of a caption, 记者 of a byline, the bullet of a list. */
export function markOf(line: string): LineMark {
  const [, hashes] = /^(#{1,6})(?:\s|(?=[^\s#\da-z]))/iu.exec(line) ?? [];
  if (hashes) return { kind: "heading", level: hashes.length };
  if (DATE.test(line)) return { kind: "byline" };
  if (CONTINUES.test(line)) return { kind: "rest" };
  if (!/[\p{L}\p{N}]/u.test(line) || PAGE_NUMBER.test(line)) return { kind: "rule" };
  if (/^[▲△▼▽◀◁▶▷↑↓←→]/u.test(line) || /^[（(]?图[：:①-⑳\d一二三四五六七八九十]/u.test(line))
    return { kind: "caption" };
  if (isCredit(line)) return { kind: "credit" };
  if (isByline(line)) return { kind: "byline" };
  if (/^(?:[●○■□◆◇★☆※•·◎]|[-*+]\s)/u.test(line)) return { kind: "item" };
  if (
    /^(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|[、．]|\.(?!\d))|第[一二三四五六七八九十百\d]+[章节条部篇]\s|[A-Z][\s.、]\s*(?=\p{Script=Han})|——)/u.test(
      line,
    )
  ) {
    return { kind: "label" };
  }
  return { kind: "none" };
}

/** A whole line in brackets that tells who gave what: （本版图片均由…提供）. */
function isCredit(line: string): boolean {
  return (
    /^[（(][^（()）]{2,60}[)）]$/u.test(line) &&
    /供图|图片|图\/|摄影|摄|提供|记者|通讯员|文\/|责编|编辑|来源|作者/u.test(line)
  );
}

const ROLE =
  "(?:[\\p{Script=Han}]{0,10}(?:记者|記者|通讯员|通訊員|特派员|实习生|评论员)|文字?|图片?|圖|文图|图文|供图|摄影|攝影|撰文|作者|编辑|責任編輯|责编|责任编辑|整理|来源|來源|稿源|日期|时间|发布时间|刊发日期)";
const WITH_SEPARATOR = new RegExp(`^${ROLE}\\s?[/／:：|]\\s?\\S{1,24}$`, "u");
const WITHOUT_SEPARATOR = new RegExp(`^${ROLE}[\\p{Script=Han}·]{2,8}$`, "u");
const NAME = /^[\p{Script=Han}·]{1,5}$/u;

/** Roles with names, and nothing else: 记者毛以国 李琳婕 通讯员周晓亮 龚伟. */
function isByline(line: string): boolean {
  if (line.length > 80 || /[，。；！？]/u.test(line)) return false;
  const words = line.replace(/\s*([/／:：|])\s*/gu, "$1").split(/[\s、]+/u);
  const roles = words.filter(
    (word) =>
      WITH_SEPARATOR.test(word) || WITHOUT_SEPARATOR.test(word) || new RegExp(`^${ROLE}$`, "u").test(word),
  );
  return (
    roles.length > 0 &&
    words.every((word) => roles.includes(word) || NAME.test(word)) &&
    words[0] === roles[0]
  );
}
