import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** The header that carries it, in both directions. */
export const REQUEST_ID = "x-request-id";

const WELL_FORMED = /^[\w-]{8,64}$/;

/** What a request is called in the log: the name that its sender or a proxy gave it where that is well-formed, else a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_ID];
  return typeof given === "string" && WELL_FORMED.test(given) ? given : randomUUID();
}
