import type { RequestLog } from "../../src/server/observing/request-log.ts";

/** A line, with what tests look at by name; the rest is there, too. */
export type LoggedLine = {
  readonly level: string;
  readonly message: string;
  readonly id?: string;
  readonly bytes?: number;
};

/** A log that remembers its lines. */
export function collectedLog(): { log: RequestLog; lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const at = (level: string) => (facts: object, message: string) =>
    void lines.push({ level, message, ...facts });
  return { log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") }, lines };
}
