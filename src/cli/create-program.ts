import { readFileSync } from "node:fs";
import type { ConfigFlags } from "../config.ts";
import type { CliContext, JsonFlags } from "./cli-context.ts";
import type { EvalFlags } from "./commands/eval-command.ts";
import type { GapsFlags } from "./commands/gaps-command.ts";
import type { ServeFlags } from "./commands/serve-command.ts";
import { SpeakingCommand } from "./commands/speaking-command.ts";

/**
 * The commands and their flags. Each command hands its exit code to `exit`; failures are thrown. What a command needs is loaded when it is
 * called: a question on the command line does not wait for the server's packages.
 */
export function createProgram(context: CliContext, exit: (code: number) => void): SpeakingCommand {
  const program = new SpeakingCommand("wenju", context.terminal).about({
    zh: "问据：向一个文件夹的文章提问，得到带原文出处的回答。",
    en: "Ask a folder of Chinese articles; every answer is a quote at its place.",
  });
  addVersion(program, context);
  addIndex(program).action(async (flags: ConfigFlags) => {
    const { runIndex } = await import("./commands/index-command.ts");
    exit(await runIndex(flags, context));
  });
  addAsk(program).action(async (question: string, flags: JsonFlags) => {
    const { runAsk } = await import("./commands/ask-command.ts");
    exit(await runAsk(question, flags, context));
  });
  addServe(program).action(async (flags: ServeFlags) => {
    const { runServe } = await import("./commands/serve-command.ts");
    exit(await runServe(flags, context));
  });
  addEval(program).action(async (file: string, flags: EvalFlags) => {
    const { runEval } = await import("./commands/eval-command.ts");
    exit(await runEval(file, flags, context));
  });
  addCalibrate(program).action(async (flags: JsonFlags) => {
    const { runCalibrate } = await import("./commands/calibrate-command.ts");
    exit(await runCalibrate(flags, context));
  });
  addGaps(program).action(async (flags: GapsFlags) => {
    const { runGaps } = await import("./commands/gaps-command.ts");
    exit(await runGaps(flags, context));
  });
  addDoctor(program).action(async (flags: ConfigFlags) => {
    const { runDoctor } = await import("./commands/doctor-command.ts");
    exit(await runDoctor(flags, context));
  });
  return program;
}

/** This file lies two folders below the package, as source and as built. */
function addVersion(program: SpeakingCommand, { terminal }: CliContext): void {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  program.version(version, "-V, --version", terminal.language === "zh" ? "显示版本" : "show the version");
}

function addIndex(program: SpeakingCommand): SpeakingCommand {
  const about = {
    zh: "为文章建立索引，只处理有变化的部分",
    en: "index the articles, or what changed in them",
  };
  return takeFolders(program.subcommand("index", about));
}

function addAsk(program: SpeakingCommand): SpeakingCommand {
  const command = program
    .subcommand("ask", { zh: "提一个问题", en: "ask a question" })
    .takes("<question>", { zh: "问题，1 到 500 个字", en: "the question, 1 to 500 characters" });
  return takeJson(takeFolders(command));
}

function addServe(program: SpeakingCommand): SpeakingCommand {
  const about = { zh: "启动网页和 HTTP 接口", en: "serve the pages and the HTTP API" };
  return takeAddress(takeFolders(program.subcommand("serve", about))).flag("--watch", {
    zh: "文章有变化时随时更新索引，不必重启",
    en: "index articles that change while it runs",
  });
}

function addCalibrate(program: SpeakingCommand): SpeakingCommand {
  const about = {
    zh: "重新测定何时该说没有找到",
    en: "find anew when to say that nothing was found",
  };
  return takeJson(takeFolders(program.subcommand("calibrate", about)));
}

function addEval(program: SpeakingCommand): SpeakingCommand {
  const command = program
    .subcommand("eval", { zh: "用题集评测", en: "measure on a set of questions" })
    .takes("<file>", { zh: "题集，每行一个 JSON", en: "the questions, one JSON object a line" })
    .flag("--retriever <name>", {
      zh: "检索方式：hybrid、keyword 或 vector（默认 hybrid）",
      en: "hybrid, keyword or vector (default hybrid)",
    })
    .flag("--baseline <file>", {
      zh: "以前的 --json 输出；显著变差时退出码为 1",
      en: "an earlier --json output; exits 1 where answers got worse",
    })
    .flag("--html <file>", { zh: "另写一份网页报告", en: "write a report as a web page, too" });
  return takeJson(takeFolders(command));
}

function addGaps(program: SpeakingCommand): SpeakingCommand {
  const command = program
    .subcommand("gaps", {
      zh: "列出读者问过而没有答上的问题",
      en: "list what readers asked and were not answered",
    })
    .flag("--days <number>", { zh: "只看最近这些天", en: "of the last so many days only" })
    .flag("--promote <number>", {
      zh: "把列表里的这一个加入题集（--set）",
      en: "add this one of the list to a set of questions (--set)",
    })
    .flag("--set <file>", { zh: "题集，每行一个 JSON", en: "the questions, one JSON object a line" })
    .flag("--article <id>", {
      zh: "回答它的文章；不写就表示没有文章能回答",
      en: "the article that answers it; without one, none does",
    })
    .flag("--answer <text>", { zh: "文章里的答案", en: "the answer, in the words of the article" });
  return takeJson(takeFolders(command));
}

function addDoctor(program: SpeakingCommand): SpeakingCommand {
  const about = { zh: "逐项检查能否运行，并说明怎么办", en: "check what is needed, and say what to do" };
  return takeAddress(takeFolders(program.subcommand("doctor", about)));
}

function takeFolders(command: SpeakingCommand): SpeakingCommand {
  return command
    .flag("--corpus <dir>", { zh: "文章所在的文件夹", en: "the folder of the articles" })
    .flag("--index <dir>", { zh: "索引所在的文件夹", en: "the folder of the index" })
    .flag("--model <id|dir>", { zh: "向量模型的名称或文件夹", en: "the embedding model: an id or a folder" });
}

function takeJson(command: SpeakingCommand): SpeakingCommand {
  return command.flag("--json", { zh: "以 JSON 输出", en: "print JSON" });
}

function takeAddress(command: SpeakingCommand): SpeakingCommand {
  return command
    .flag("--host <address>", {
      zh: "监听的地址（默认 127.0.0.1）",
      en: "the address to listen on (default 127.0.0.1)",
    })
    .flag("--port <number>", { zh: "监听的端口（默认 8787）", en: "the port to listen on (default 8787)" });
}
