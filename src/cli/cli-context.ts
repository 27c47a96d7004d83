import type { ConfigFlags } from "../config.ts";
import type { Environment, Terminal } from "./terminal.ts";

/** What a command gets from the process it runs in. */
export type CliContext = {
  readonly terminal: Terminal;
  readonly environment: Environment;
  /** Fires when the user wants the command to end. */
  readonly signal: AbortSignal;
};

/** The flags of a command that can print JSON instead of text. */
export type JsonFlags = ConfigFlags & { readonly json?: boolean };
