import type { Block } from "../block.ts";
import { parseDate } from "./parse-date.ts";

const STATED = /^(?:来源|來源|稿源|原载|原載|转自)\s*[：:]?\s*[《「]?([^》」\s|]{2,30})/u;
const NEWSPAPER =
  /(?:^|\s|（|\()(?:本报讯\s*)?([\p{Script=Han}]{2,8}(?:日报|晚报|晨报|早报|时报|商报|都市报|周报|新闻网|日報|晚報|時報))(?:社|全媒体|融媒体|首席|见习|特约)*(?:记者|讯|記者|訊)/u;

/** The newspaper that an article names as its own, in a byline or after 来源. What it merely mentions is none. */
export function findSource(blocks: readonly Block[]): string | undefined {
  for (const { byline, text } of blocks) {
    const [, name] = (byline && (STATED.exec(text) ?? NEWSPAPER.exec(text))) || [];
    if (name) return name;
  }
  return undefined;
}

const LABELLED = /^(?:日期|时间|发布时间|刊发日期|发表时间)\s*[：:]\s*(.+)$/u;
const WEEKDAY = /\s*(?:星期|周|週)[一二三四五六日天]$/u;

/** The ISO date of the one line that is a date and nothing else. */
export function findDate(blocks: readonly Block[]): string | undefined {
  const dates = blocks.flatMap(({ text }) => {
    const written = (LABELLED.exec(text)?.[1] ?? text).replace(WEEKDAY, "");
    const date = written.length <= 30 && /\d{4}\D+\d/u.test(written) ? parseDate(written) : undefined;
    return date ? [date] : [];
  });
  return new Set(dates).size === 1 ? dates[0] : undefined;
}
