import { describe, expect, it } from "vitest";
import { openServeLog } from "../../src/cli/serving/serve-log.ts";
import { Terminal } from "../../src/cli/terminal.ts";
import { CollectedOutput } from "../support/run-wenju.ts";

const REQUEST = { method: "POST", path: "/api/ask", status: 200, ms: 34.6, answer: "answered" };
const FAILURE = { type: "Error", message: "kaputt", stack: "Error: kaputt\n    at a.ts:1" };

describe("what wenju serve writes to stderr", () => {
  it("is lines for people where a terminal is watched", () => {
    const { log, context, stderr } = openLog({ isTTY: true, language: "zh_CN" });
    log.info(REQUEST, "request");
    log.info({ ...REQUEST, question: "几点开门？" }, "request");
    log.error({ ...REQUEST, status: 500, answer: "failed", err: { ...FAILURE, cause: FAILURE } }, "request");
    log.debug(REQUEST, "request");
    context.terminal.say({ zh: "正在停止。", en: "Stopping." });
    expect(stderr.text.replaceAll(/\d\d:\d\d:\d\d/g, "08:15:30").split("\n")).toEqual([
      "08:15:30 POST /api/ask 200 35 ms answered",
      "08:15:30 POST /api/ask 200 35 ms answered 几点开门？",
      "08:15:30 POST /api/ask 500 35 ms failed",
      ...["没有办成：Error: kaputt", "    at a.ts:1", "没有办成：Error: kaputt", "    at a.ts:1"],
      "正在停止。",
      "",
    ]);
  });

  it("is one JSON object a line elsewhere, with what is said as well", () => {
    const { log, context, stderr } = openLog({ isTTY: false, language: "en_US" });
    log.error({ err: FAILURE }, "Old lines were not dropped.");
    context.terminal.say({ zh: "正在停止。", en: "Stopping.\nSoon." });
    const progress = context.terminal.progress({ zh: "计算向量", en: "Embedding" });
    progress.show(1, 2);
    progress.end();
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(
      stderr.text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { level: "error", time, err: FAILURE, msg: "Old lines were not dropped." },
      { level: "info", time, msg: "Stopping." },
      { level: "info", time, msg: "Soon." },
      { level: "info", time, msg: "Embedding 1/2" },
    ]);
  });

  it("leaves results on stdout", () => {
    const { context, stdout, stderr } = openLog({ isTTY: false, language: "en_US" });
    context.terminal.print("http://127.0.0.1:8787");
    expect([stdout.text, stderr.text]).toEqual(["http://127.0.0.1:8787\n", ""]);
  });
});

function openLog({ isTTY, language }: { isTTY: boolean; language: string }) {
  const [stdout, stderr] = [new CollectedOutput(), new CollectedOutput({ isTTY })];
  const environment = { LANG: language };
  const terminal = new Terminal({ stdout, stderr, environment });
  const signal = new AbortController().signal;
  const opened = openServeLog({ level: "info", questions: false }, { terminal, environment, signal });
  return { ...opened, stdout, stderr };
}
