import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { RequestError } from "../request-error.ts";

/** Wrong tokens of one address in a minute; after them not even a right one is looked at. */
const MOST_GUESSES = 10;

/** Lets requests pass that carry the token; others get 401, and 429 where an address has been wrong too often. */
export function requireToken(token: string): RequestHandler {
  const expected = hash(token);
  const guesses = rateLimit({
    windowMs: 60_000,
    limit: MOST_GUESSES,
    keyGenerator: addressOf,
    legacyHeaders: false,
    handler: (_request, _response, next) => next(new RequestError("token-wrong")),
    validate: false, // it would write to the console
  });
  return async (request, response, next) => {
    const known = await guesses.getKey(addressOf(request));
    if (known && known.totalHits >= MOST_GUESSES) {
      response.set("retry-after", "60");
      throw new RequestError("token-guessed");
    }
    const given = tokenOf(request);
    // hashes have one length, and comparing them takes as long wherever they differ
    if (given !== undefined && timingSafeEqual(expected, hash(given))) return next();
    response.set("www-authenticate", "Bearer");
    if (given === undefined) throw new RequestError("token-missing");
    await guesses(request, response, (error) => next(error ?? new RequestError("token-wrong")));
  };
}

function tokenOf({ headers }: Request): string | undefined {
  return /^bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1];
}

function addressOf({ ip = "" }: Request): string {
  return ipKeyGenerator(ip);
}

function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
