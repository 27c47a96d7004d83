import { describe, expect, it } from "vitest";
import { Terminal } from "../../src/cli/terminal.ts";
import { CollectedOutput } from "../support/run-wenju.ts";

function terminalOn({ isTTY = false, environment = {} } = {}) {
  const stdout = new CollectedOutput({ isTTY });
  const stderr = new CollectedOutput({ isTTY });
  return { stdout, stderr, terminal: new Terminal({ stdout, stderr, environment }) };
}

const LABEL = { zh: "建立索引", en: "Indexing" };

describe("Terminal", () => {
  it("keeps results and remarks apart", () => {
    const { terminal, stdout, stderr } = terminalOn();
    terminal.print("74例");
    terminal.say({ zh: "跳过一个文件。", en: "One file skipped." });
    expect([stdout.text, stderr.text]).toEqual(["74例\n", "跳过一个文件。\n"]);
  });

  it("marks words on a terminal only, and not where colours are unwelcome", () => {
    expect(terminalOn({ isTTY: true }).terminal.bold("74例")).toBe("\u001b[1m74例\u001b[22m");
    expect(terminalOn().terminal.bold("74例")).toBe("74例");
    expect(terminalOn({ isTTY: true, environment: { NO_COLOR: "1" } }).terminal.bold("74例")).toBe("74例");
  });

  it("draws one progress bar anew on a terminal, and clears it at the end", () => {
    const { terminal, stderr } = terminalOn({ isTTY: true });
    const progress = terminal.progress(LABEL);
    progress.show(32, 64);
    progress.show(64, 64);
    progress.end();
    const lines = stderr.text.split("\r\u001b[2K");
    expect(lines).toEqual([
      "",
      `建立索引 ${"█".repeat(12)}${"░".repeat(12)} 32/64`,
      `建立索引 ${"█".repeat(24)} 64/64`,
      "",
    ]);
  });

  it("writes at most ten plain lines elsewhere", () => {
    const { terminal, stderr } = terminalOn();
    const progress = terminal.progress(LABEL);
    for (let done = 1; done <= 1_000; done++) progress.show(done, 1_000);
    progress.end();
    const lines = stderr.text.trimEnd().split("\n");
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe("建立索引 1000/1000");
    expect(stderr.text).not.toContain("\u001b");
  });
});
