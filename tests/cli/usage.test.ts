import { describe, expect, it } from "vitest";
import { runWenju } from "../support/run-wenju.ts";

const CHINESE = { LANG: "zh_CN.UTF-8" };

describe("wrong usage", () => {
  it.each([
    [["--fast"], "没有 --fast 这个选项", "unknown option '--fast'"],
    [["serve", "--fast"], "没有 --fast 这个选项", "unknown option '--fast'"],
    [["fly"], "没有 fly 这个命令", "unknown command 'fly'"],
    [["ask"], "缺少参数：question", "missing required argument 'question'"],
    [["eval"], "缺少参数：file", "missing required argument 'file'"],
    [["ask", "医院", "在哪里"], "参数太多", "too many arguments"],
    [["serve", "--port"], "后面缺少一个值", "argument missing"],
    [["serve", "--port", "http"], "--port 应当是 0 到 65535 之间的整数", "--port must be a whole number"],
    [["doctor", "--port", "70000"], "--port 应当是 0 到 65535 之间的整数", "--port must be a whole number"],
    [["ask", "  "], "问题是空的", "The question is empty"],
    [["ask", "问".repeat(501)], "问题超过 500 个字", "over 500 characters"],
    [["index", "--corpus", ""], "--corpus 应当是一个文件夹", "--corpus must be a folder"],
  ])("wenju %j exits 2 and says why in one line", async (args, zh, en) => {
    const chinese = await runWenju(args, { environment: CHINESE });
    const english = await runWenju(args);
    expect([chinese.exitCode, english.exitCode]).toEqual([2, 2]);
    expect([chinese.stdout, english.stdout]).toEqual(["", ""]);
    expect(chinese.stderr).toMatch(/^错误：[^\n]+\n$/);
    expect(chinese.stderr).toContain(zh);
    expect(english.stderr).toMatch(/^Error: [^\n]+\n$/);
    expect(english.stderr).toContain(en);
  });

  it("includes sites that are not written as origins", async () => {
    const environment = { LANG: "en_US.UTF-8", WENJU_ALLOWED_ORIGINS: "https://www.example.org/" };
    const { exitCode, stdout, stderr } = await runWenju(["serve"], { environment });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^Error: [^\n]*WENJU_ALLOWED_ORIGINS[^\n]*\n$/);
  });

  it("shows the help on stderr where no command is named", async () => {
    const { exitCode, stdout, stderr } = await runWenju([]);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("Usage: wenju");
  });
});

describe("help", () => {
  it.each([
    [[], ["index", "ask", "serve", "eval", "gaps", "doctor", "--version"]],
    [["index"], ["--corpus <dir>", "--index <dir>", "--model <id|dir>"]],
    [["ask"], ["--corpus <dir>", "--index <dir>", "--model <id|dir>", "--json"]],
    [
      ["serve"],
      ["--corpus <dir>", "--index <dir>", "--model <id|dir>", "--host <address>", "--port <number>"],
    ],
    [["eval"], ["--corpus <dir>", "--index <dir>", "--model <id|dir>", "--json"]],
    [
      ["gaps"],
      [
        "--json",
        "--days <number>",
        "--promote <number>",
        "--set <file>",
        "--article <id>",
        "--answer <text>",
      ],
    ],
    [
      ["doctor"],
      ["--corpus <dir>", "--index <dir>", "--model <id|dir>", "--host <address>", "--port <number>"],
    ],
  ])("of wenju %j names what it takes", async (command, parts) => {
    const { exitCode, stdout, stderr } = await runWenju([...command, "--help"]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe("");
    for (const part of parts) expect(stdout).toContain(part);
  });

  it("is Chinese for Chinese readers, from its titles to its flags", async () => {
    const { stdout } = await runWenju(["ask", "--help"], { environment: CHINESE });
    expect(stdout).toContain("用法： wenju ask");
    expect(stdout).not.toMatch(/Usage|[Oo]ptions|Arguments|display help/);
  });

  it("tells the version", async () => {
    const { exitCode, stdout } = await runWenju(["--version"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("the language of messages", () => {
  it.each([
    [{}, "错误"],
    [{ LANG: "zh_TW.UTF-8" }, "错误"],
    [{ LANG: "fr_FR.UTF-8" }, "错误"],
    [{ LANG: "en_GB" }, "Error"],
    [{ LANG: "C.UTF-8" }, "Error"],
    [{ LANG: "POSIX" }, "Error"],
    [{ LANG: "en_US", LC_ALL: "zh_CN" }, "错误"],
    [{ LANG: "zh_CN", LC_MESSAGES: "en_US" }, "Error"],
  ])("under %j is %s", async (environment, word) => {
    expect((await runWenju(["fly"], { environment })).stderr).toContain(word);
  });
});
