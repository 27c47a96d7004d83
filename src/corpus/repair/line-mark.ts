import { isByline, isCredit } from "../head/byline.ts";

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
