import type { Request } from "express";

/** The route of a request for which none was found, or that was refused before one was looked for. */
export const NO_ROUTE = "other";

/** The folder whose files are served without a route of their own. */
const ASSETS = "/assets";

/** The pattern of the address that a request was served at, such as `/api/articles/:id`: one of few, whatever is asked for. */
export function routePatternOf(request: Request): string {
  const path = pathOf(request);
  if (path.startsWith(`${ASSETS}/`)) return ASSETS;
  const pattern = ownPatternOf(request);
  if (pattern === undefined) return NO_ROUTE;
  // what stands before the route's own part is where its router is mounted
  const mounts = stepsOf(path).slice(0, stepsOf(path).length - stepsOf(pattern).length);
  return `/${[...mounts, ...stepsOf(pattern)].join("/")}`;
}

/** The path that was asked for, encoded as it came, without query. */
export function pathOf({ originalUrl }: Request): string {
  return originalUrl.replace(/^[a-z]+:\/\/[^/]*/i, "").replace(/[?#].*$/s, "");
}

function ownPatternOf(request: Request): string | undefined {
  const route: unknown = request.route;
  if (typeof route !== "object" || route === null || !("path" in route)) return undefined;
  return typeof route.path === "string" ? route.path : undefined;
}

function stepsOf(path: string): string[] {
  return path.split("/").filter(Boolean);
}
