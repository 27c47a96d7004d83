import { Writable } from "node:stream";
import pino, { type Logger } from "pino";
import type { LogSettings } from "../../server/observing/log-settings.ts";
import type { CliContext } from "../cli-context.ts";
import { humanLines } from "./human-lines.ts";

export type ServeLog = {
  readonly log: Logger;
  /** The same context; what is said in it becomes a line of the log. */
  readonly context: CliContext;
};

/** Where a server tells what goes on: one JSON object a line on stderr, or lines for people where stderr is a terminal. */
export function openServeLog({ level }: LogSettings, context: CliContext): ServeLog {
  const { terminal } = context;
  if (terminal.isWatched) return { log: makeLog(level, humanLines(terminal)), context };
  const log = makeLog(level, terminal.stderr);
  return { log, context: { ...context, terminal: terminal.sayingTo(linesOf(log)) } };
}

function makeLog(level: LogSettings["level"], destination: pino.DestinationStream): Logger {
  const formatters = { level: (label: string) => ({ level: label }) };
  const timestamp = pino.stdTimeFunctions.isoTime;
  // failures come described, without what they quote of readers
  const serializers = { err: (facts: object) => facts };
  // neither process nor host: whoever collects the lines knows where they come from
  return pino({ level, base: null, timestamp, formatters, serializers }, destination);
}

/** Makes a line of the log of each line that is written to it. */
function linesOf(log: Logger): Writable {
  return new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      for (const line of text.split("\n")) if (line !== "") log.info(line);
      done();
    },
  });
}
