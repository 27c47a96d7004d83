import { type ConfigFlags, readConfig } from "../config.ts";
import type { CliContext } from "./cli-context.ts";

export async function runEval(_file: string, flags: ConfigFlags, context: CliContext): Promise<number> {
  readConfig(flags, context.environment);
  return 1;
}
