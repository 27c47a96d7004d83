import { isIP } from "node:net";
import type { RequestHandler } from "express";
import { RequestError } from "../request-error.ts";
import type { SiteAccess } from "./site-access.ts";

/** Whether an address to listen on can be reached from this machine only. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || /^127\.\d+\.\d+\.\d+$/.test(address);
}

/**
 * Lets in requests for this machine's own names, for addresses, and for the hosts of listed origins. A site can have a name of
 * its own point at a reader's machine (DNS rebinding): to the browser its page and this server are then one origin, and only the
 * name it asks for gives it away.
 */
export function admitKnownHosts({ origins }: SiteAccess): RequestHandler {
  const listed = new Set(Array.from(origins, (origin) => new URL(origin).host));
  return ({ headers }, _response, next) => {
    const host = headers.host?.toLowerCase();
    if (host !== undefined && !isOfThisMachine(host) && !listed.has(host))
      throw new RequestError("host-unknown");
    next();
  };
}

function isOfThisMachine(host: string): boolean {
  const name = host.replace(/:\d{1,5}$/, "").replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0;
}
