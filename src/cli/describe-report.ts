import type { SkipCode, SkippedFile } from "../corpus/skipped-file.ts";
import type { IndexReport } from "../indexing/build-index.ts";
import type { Texts } from "./terminal.ts";

/** What indexing did, in one line. */
export function describeReport({
  articles,
  passages,
  embedded,
  reused,
  seconds,
  upToDate,
}: IndexReport): Texts {
  if (upToDate) {
    return {
      zh: `没有变化：${articles} 篇文章，${passages} 段。`,
      en: `Nothing has changed: ${articles} articles, ${passages} passages.`,
    };
  }
  const time = seconds.toFixed(1);
  return {
    zh: `已索引 ${articles} 篇文章，${passages} 段；新算 ${embedded} 个向量，沿用 ${reused} 个，用时 ${time} 秒。`,
    en: `Indexed ${articles} articles, ${passages} passages; ${embedded} vectors made, ${reused} kept, in ${time} s.`,
  };
}

export function describeSkipped({ file, code, reason }: SkippedFile): Texts {
  return { zh: `跳过 ${file}：${REASONS[code]}`, en: `Skipped ${file}: ${reason}` };
}

const REASONS: Readonly<Record<SkipCode, string>> = {
  EMPTY: "文件是空的。",
  BINARY: "不是文本文件。",
  ENCODING_UNKNOWN: "看不出编码。请另存为 UTF-8。",
  MALFORMED: "格式有误。",
  TOO_LARGE: "超过 20 MB。请拆成几个文件。",
  UNREADABLE: "无法读取。请检查权限。",
  SYMLINK: "是符号链接。请放入文件本身。",
  UNSUPPORTED: "不是 .txt 或 .md 文件。",
};
