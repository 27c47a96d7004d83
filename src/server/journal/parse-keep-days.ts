import { SpokenError } from "../../errors.ts";

/** A quarter of a year: long enough to see what readers miss, no longer. */
const DEFAULT_DAYS = 90;

/** Reads how many days readers' questions and ratings are kept; 0 keeps nothing. Throws `CONFIG_INVALID` at what is no number. */
export function parseKeepDays(text: string = ""): number {
  if (text === "") return DEFAULT_DAYS;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new SpokenError("CONFIG_INVALID", {
    zh: `WENJU_KEEP_DAYS 应当是 0 到 9999 之间的整数（天），0 表示什么都不留，而不是“${text}”。`,
    en: `WENJU_KEEP_DAYS must be a whole number of days from 0 (keep nothing) to 9999, not "${text}".`,
  });
}
