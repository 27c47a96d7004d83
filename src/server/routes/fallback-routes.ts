import type { RequestHandler } from "express";
import { RequestError } from "../request-error.ts";

/** Refuses the methods that a route does not take. */
export function onlyMethod(allowed: string): RequestHandler {
  return (_request, response) => {
    response.set("allow", allowed);
    throw new RequestError("method-unknown");
  };
}

export const unknownRoute: RequestHandler = () => {
  throw new RequestError("route-unknown");
};
