import { realpathSync } from "node:fs";
import { join } from "node:path";
import type { RequestHandler } from "express";

/** Lets a handler of static files see only what lies in its folder itself: a link there may lead anywhere, and is not followed. */
export function onlyInside(folder: string, serve: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (isInside(folder, request.path)) serve(request, response, next);
    else next();
  };
}

function isInside(folder: string, encodedPath: string): boolean {
  try {
    const path = decodeURIComponent(encodedPath);
    const steps = path.slice(1).split("/");
    if (path.includes("\\") || steps.some((step) => step === "" || step.startsWith("."))) return false;
    return realpathSync.native(join(folder, ...steps)) === join(realpathSync.native(folder), ...steps);
  } catch {
    return false; // not there, or not the name of anything
  }
}
