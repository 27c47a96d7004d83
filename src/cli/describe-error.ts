import { CommanderError } from "commander";
import { SpokenError, WenjuError, type WenjuErrorCode } from "../errors.ts";
import type { Texts } from "./terminal.ts";

/** What a failed command says, and the code it exits with: 1 failed, 2 wrong usage, 130 interrupted. */
export type Outcome = { readonly exitCode: number; readonly texts: Texts };

export function describeError(error: unknown): Outcome {
  if (error instanceof CommanderError) return { exitCode: 2, texts: describeUsage(error) };
  if (error instanceof SpokenError) return { exitCode: exitCodeOf(error.code), texts: error.texts };
  if (error instanceof WenjuError && error.code === "ABORTED") return { exitCode: 130, texts: INTERRUPTED };
  if (error instanceof WenjuError) return { exitCode: exitCodeOf(error.code), texts: speak(error) };
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: 1, texts: { zh: `程序内部出错：${trace}`, en: `Something failed inside: ${trace}` } };
}

const INTERRUPTED: Texts = { zh: "已中断。", en: "Interrupted." };

const USAGE_CODES: ReadonlySet<WenjuErrorCode> = new Set([
  "USAGE",
  "CONFIG_INVALID",
  "PORT_UNAVAILABLE",
  "REQUEST_INVALID",
]);

function exitCodeOf(code: WenjuErrorCode): number {
  return USAGE_CODES.has(code) ? 2 : 1;
}

/** The stages report in English with the values that matter; a Chinese reader gets the gist first. */
function speak({ code, message }: WenjuError): Texts {
  const gist = GISTS[code];
  return { zh: gist ? `${gist}（${message}）` : message, en: message };
}

const GISTS: Partial<Record<WenjuErrorCode, string>> = {
  CORPUS_NOT_FOUND: "没有找到文章文件夹。请检查 --corpus。",
  CORPUS_EMPTY: "文章文件夹里没有可读的文章。请放入 .txt 或 .md 文件。",
  MODEL_NOT_FOUND: "没有找到模型。请检查 --model，或重新安装。",
  MODEL_INVALID: "模型文件不完整或不匹配。请重新安装，或用 --model 换一个。",
  EMBEDDING_FAILED: "模型运行失败。请运行 wenju doctor 检查。",
  INDEX_NOT_FOUND: "还没有索引。请先运行 wenju index。",
  INDEX_MISMATCH: "索引是用别的模型或选项建立的。请运行 wenju index 重建。",
  INDEX_CORRUPT: "索引已损坏。请运行 wenju index 重建。",
  INDEX_NOT_WRITABLE: "索引文件夹不能写入。请检查权限，或用 --index 换一个文件夹。",
  INDEX_LOCKED: "另一个程序正在建立这个索引。请等它结束。",
  INDEXING_FAILED: "建立索引的进程没有做完。",
  QUESTION_SET_INVALID: "题集不能用。",
};

function describeUsage({ code, message }: CommanderError): Texts {
  const name = /'([^']+)'/.exec(message)?.[1] ?? "";
  const zh: Record<string, string> = {
    "commander.unknownOption": `没有 ${name} 这个选项。`,
    "commander.unknownCommand": `没有 ${name} 这个命令。`,
    "commander.missingArgument": `缺少参数：${name}。`,
    "commander.optionMissingArgument": `选项 ${name} 后面缺少一个值。`,
    "commander.excessArguments": `参数太多。带空格的问题请用引号括起来。`,
  };
  const en = message.replace(/^error: /, "").replaceAll("\n", " ");
  return {
    zh: `${zh[code] ?? en}运行 wenju --help 查看用法。`,
    en: `${en.replace(/\.?$/, ".")} Run wenju --help for usage.`,
  };
}
