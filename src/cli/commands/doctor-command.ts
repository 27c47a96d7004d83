import { type ConfigFlags, readConfig } from "../../config.ts";
import { WenjuError } from "../../errors.ts";
import type { CliContext } from "../cli-context.ts";
import { describeError } from "../describe-error.ts";
import { CHECKS, type Check } from "../doctor/checks.ts";

/** `wenju doctor`: one line for each check, what to do under those that fail; exits 1 if one does. */
export async function runDoctor(
  flags: ConfigFlags,
  { terminal, environment, signal }: CliContext,
): Promise<number> {
  const config = readConfig(flags, environment);
  let failures = 0;
  for (const check of CHECKS) {
    const { passed, text } = await runCheck(check);
    if (!passed) failures += 1;
    terminal.print(`${passed ? "✓" : "✗"} ${check.name[terminal.language]}  ${text}`);
  }
  if (failures > 0) terminal.say({ zh: `${failures} 项没有通过。`, en: `${failures} checks failed.` });
  return failures > 0 ? 1 : 0;

  async function runCheck({ run }: Check): Promise<{ passed: boolean; text: string }> {
    if (signal.aborted) throw new WenjuError("ABORTED", "The checks were interrupted.");
    try {
      const found = await run(config, signal, environment);
      return { passed: true, text: typeof found === "string" ? found : found[terminal.language] };
    } catch (error) {
      return { passed: false, text: describeError(error).texts[terminal.language] };
    }
  }
}
