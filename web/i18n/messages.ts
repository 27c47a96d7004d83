import { en } from "./en.ts";
import { type Messages, zhCN } from "./zh-cn.ts";
import { zhTW } from "./zh-tw.ts";

export type { Messages } from "./zh-cn.ts";

export const LANGUAGES: readonly Messages[] = [zhCN, zhTW, en];

/** The first of the wished languages that there are words for; traditional script for Taiwan, Hong Kong and Macau. */
export function messagesFor(wishes: readonly string[]): Messages {
  for (const wish of wishes) {
    const tag = wish.toLowerCase();
    if (/^zh\b.*\b(?:hant|tw|hk|mo)\b/.test(tag)) return zhTW;
    if (/^zh\b/.test(tag)) return zhCN;
    if (/^en\b/.test(tag)) return en;
  }
  return zhCN;
}
