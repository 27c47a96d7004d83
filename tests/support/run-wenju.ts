import { Writable } from "node:stream";
import { runCli } from "../../src/cli/run-cli.ts";
import { type Environment, Terminal } from "../../src/cli/terminal.ts";

export type RunOptions = {
  readonly environment?: Environment;
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
  /** Hears every piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
};

export type RunResult = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/** Runs `wenju` in this process, in English unless told otherwise. */
export async function runWenju(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { environment = { LANG: "en_US.UTF-8" }, signal = new AbortController().signal } = options;
  const stdout = new CollectedOutput(options);
  const stderr = new CollectedOutput(options);
  const terminal = new Terminal({ stdout, stderr, environment });
  const exitCode = await runCli(args, { terminal, environment, signal });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

export class CollectedOutput extends Writable {
  text = "";
  readonly isTTY: boolean;
  readonly #onOutput: ((text: string) => void) | undefined;

  constructor({ isTTY = false, onOutput }: RunOptions = {}) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.#onOutput = onOutput;
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk;
    this.#onOutput?.(chunk);
    done();
  }
}
