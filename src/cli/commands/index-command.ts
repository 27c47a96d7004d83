import { type ConfigFlags, readConfig } from "../../config.ts";
import type { CliContext } from "../cli-context.ts";
import { indexWithProgress } from "../open-with-progress.ts";

/** `wenju index`: brings the index up to date. */
export async function runIndex(flags: ConfigFlags, context: CliContext): Promise<number> {
  await indexWithProgress(readConfig(flags, context.environment), context);
  return 0;
}
