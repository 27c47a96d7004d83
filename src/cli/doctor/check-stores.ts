import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Config } from "../../config.ts";
import { SpokenError, type WenjuErrorCode } from "../../errors.ts";
import { LONGEST_JOURNAL } from "../../server/journal/journal.ts";
import type { Texts } from "../terminal.ts";

/** How large the files of readers' ratings and unanswered questions are, and whether the server can go on writing them. */
export async function checkStores({ feedbackFile, unansweredFile, keepDays }: Config): Promise<Texts> {
  const feedback = await sizeOf(feedbackFile, "FEEDBACK_NOT_SAVED");
  const unanswered = await sizeOf(unansweredFile, "QUESTION_NOT_SAVED");
  if (keepDays === 0) return { zh: "什么都不留", en: "nothing is kept" };
  const sizes = `feedback.jsonl ${toText(feedback)}, unanswered.jsonl ${toText(unanswered)}`;
  return { zh: sizes, en: sizes };
}

/** In bytes; 0 where there is no file yet. */
async function sizeOf(file: string, code: WenjuErrorCode): Promise<number> {
  const facts = await stat(file).catch(() => undefined);
  if (!facts) return 0;
  const name = basename(file);
  if (!facts.isFile() || !(await isWritable(file))) {
    throw new SpokenError(code, {
      zh: `${file} 不能写入，请检查权限，或把它移走。`,
      en: `${file} cannot be written; check its permissions, or move it away.`,
    });
  }
  if (facts.mode & 0o077) {
    throw new SpokenError(code, {
      zh: `${file} 别的用户也能读，请运行 chmod 600 ${file}。`,
      en: `Other users can read ${file}; run chmod 600 ${file}.`,
    });
  }
  if (facts.size > NEARLY_FULL * LONGEST_JOURNAL) {
    throw new SpokenError(code, {
      zh: `${name} 快写满了（${toText(facts.size)}，上限 ${toText(LONGEST_JOURNAL)}），请把它移走，或调小 WENJU_KEEP_DAYS。`,
      en: `${name} is nearly full (${toText(facts.size)} of ${toText(LONGEST_JOURNAL)}); move it away, or lower WENJU_KEEP_DAYS.`,
    });
  }
  return facts.size;
}

/** Share of the size at which nothing more is taken. */
const NEARLY_FULL = 0.9;

function isWritable(file: string): Promise<boolean> {
  return access(file, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function toText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${Math.round(bytes / 1024 / 1024)} MB`;
}
