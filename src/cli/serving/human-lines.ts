import type { FailureFacts } from "../../server/observing/describe-failure.ts";
import type { Terminal } from "../terminal.ts";

/** What stands in the log's lines, as far as people are shown it. */
type LogLine = {
  readonly time: string;
  readonly msg: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly answer?: string;
  readonly question?: string;
  readonly err?: FailureFacts;
};

/** Shows the log's lines to the one who watches the terminal: `08:15:30 POST /api/ask 200 35 ms answered`. */
export function humanLines(terminal: Terminal): { write(line: string): void } {
  return {
    write(line) {
      const parsed: LogLine = JSON.parse(line);
      const text = describe(parsed);
      terminal.say({ zh: text, en: text });
      if (parsed.err) sayFailure(terminal, parsed.err);
    },
  };
}

function describe({ time, msg, method, path, status, ms, answer, question }: LogLine): string {
  const clock = new Date(time).toTimeString().slice(0, 8);
  if (method === undefined) return `${clock} ${msg}`;
  const parts = [
    clock,
    method,
    path,
    status,
    ms === undefined ? undefined : `${Math.round(ms)} ms`,
    answer,
    question,
  ];
  return parts.filter((part) => part !== undefined).join(" ");
}

function sayFailure(terminal: Terminal, { stack, message, cause }: FailureFacts): void {
  const trace = stack ?? message;
  terminal.say({ zh: `没有办成：${trace}`, en: `It failed: ${trace}` });
  if (cause) sayFailure(terminal, cause);
}
