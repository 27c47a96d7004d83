import type { Request, RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { RequestError } from "../request-error.ts";

/** What one provider gives one customer, who could otherwise ask from billions of addresses. Bits. */
const IPV6_SUBNET = 56;

/** Lets so many questions of one client address through in each minute; with 0, all of them. */
export function limitClients(questionsPerMinute: number): RequestHandler {
  if (questionsPerMinute === 0) return (_request, _response, next) => next();
  return rateLimit({
    windowMs: 60_000,
    limit: questionsPerMinute,
    keyGenerator: ({ ip = "" }) => ipKeyGenerator(ip, IPV6_SUBNET),
    standardHeaders: "draft-7",
    legacyHeaders: false,
    handler: refuse,
    validate: false, // it would write to the console what the settings have been checked for already
  });
}

function refuse(_request: Request): never {
  throw new RequestError("questions-too-often");
}
