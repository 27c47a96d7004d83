import { CommanderError } from "commander";
import type { CliContext } from "./cli-context.ts";
import { createProgram } from "./create-program.ts";
import { describeError } from "./describe-error.ts";

/** Runs one command to its end and returns the exit code: 0, 1 (failed), 2 (wrong usage), 130 (interrupted). */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  let exitCode = 0;
  const program = createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && WITH_HELP.has(error.code)) return error.exitCode === 0 ? 0 : 2;
    const { texts, exitCode } = describeError(error);
    const interrupted = exitCode === 130;
    context.terminal.say(interrupted ? texts : { zh: `错误：${texts.zh}`, en: `Error: ${texts.en}` });
    return exitCode;
  }
}

/** Commander has shown the help by then; a call without a command gets it on stderr. */
const WITH_HELP = new Set(["commander.helpDisplayed", "commander.help", "commander.version"]);
