import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { REQUEST_ID } from "../observing/request-id.ts";
import { RequestError } from "../request-error.ts";

/** Which pages of other sites may ask; the server's own pages always may. */
export type SiteAccess = {
  /** As browsers write them: `https://www.example.org`. */
  readonly origins: ReadonlySet<string>;
  /** By origin, the public key that its requests must carry in `x-wenju-key`. */
  readonly keys: ReadonlyMap<string, string>;
};

/** Refuses the pages of all other sites, and lets their scripts read nothing, not even that. */
export const admitOwnPages: RequestHandler = (request, response, next) => {
  response.vary("Origin");
  const { origin } = request.headers;
  if (origin !== undefined && !isOwnPage(request, origin)) throw new RequestError("origin-unknown");
  next();
};

export const OWN_PAGES_ONLY: SiteAccess = { origins: new Set(), keys: new Map() };

/**
 * Lets the pages of listed origins in, by CORS, and refuses those of all others with 403 before any work is done for them.
 * A request without an origin does not come from another site's script: it passes. What decides is this check of each
 * request; CORS only says who may read the answer. So a preflight is granted to everyone, and a refusal may be read by
 * everyone: without both, a browser would hide from a site why it gets nothing.
 */
export function admitSites({ origins, keys }: SiteAccess): RequestHandler {
  return (request, response, next) => {
    response.vary("Origin");
    const { origin } = request.headers;
    if (origin === undefined || isOwnPage(request, origin)) return next();
    const isListed = origins.has(origin);
    response.set("access-control-allow-origin", isListed ? origin : "*");
    response.set("access-control-expose-headers", REQUEST_ID);
    if (isPreflight(request)) return sendPermission(response);
    if (!isListed) throw new RequestError("origin-unknown");
    const key = keys.get(origin);
    if (key !== undefined && !isSameKey(key, request.get("x-wenju-key"))) throw new RequestError("key-wrong");
    next();
  };
}

/**
 * Browsers say it themselves where the address is one they trust; a proxy may have changed the host by then.
 * Elsewhere the page's host is the one it asks.
 */
function isOwnPage({ headers }: Request, origin: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  return /^https?:\/\/(.*)$/.exec(origin)?.[1] === headers.host?.toLowerCase();
}

function isPreflight({ method, headers }: Request): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

function sendPermission(response: Response): void {
  response.status(204).set({
    "access-control-allow-methods": "GET, HEAD, POST",
    "access-control-allow-headers": "content-type, accept, accept-language, x-wenju-key",
    "access-control-max-age": "7200", // seconds; browsers keep it no longer
    "cache-control": "no-store",
  });
  response.end();
}

/** Hashes have one length, and comparing them takes as long wherever they differ. */
function isSameKey(expected: string, given = ""): boolean {
  return timingSafeEqual(hash(expected), hash(given));
}

function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
