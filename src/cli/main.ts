#!/usr/bin/env node
import { runCli } from "./run-cli.ts";
import { Terminal } from "./terminal.ts";

const ending = new AbortController();

for (const [name, exitCode] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(name, () => {
    if (ending.signal.aborted) process.exit(exitCode);
    ending.abort(name);
  });
}

// `wenju ask … | head -1` closes the pipe early: nobody reads the rest
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
}

const { stdout, stderr, env: environment } = process;
const terminal = new Terminal({ stdout, stderr, environment });
const exitCode = await runCli(process.argv.slice(2), { terminal, environment, signal: ending.signal });
process.exitCode = exitCode === 130 && ending.signal.reason === "SIGTERM" ? 143 : exitCode;
