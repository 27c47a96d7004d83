import { extname } from "node:path";
import type { Request, RequestHandler, Response } from "express";

/** By content encoding, the ending of the file that `npm run build` leaves beside each text. */
const ENDINGS = { br: ".br", gzip: ".gz" } as const;

const TEXT = /\.(?:html|js|css|svg)$/;

/** Lets a handler of static files send the compressed form of a text to those who read it; where there is none, the text itself. */
export function preferCompressed(serve: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const ending = TEXT.test(request.path) ? endingFor(request, response) : "";
    if (ending === "") return serve(request, response, next);
    return serveAs(`${request.path}${ending}`, serve)(request, response, (error?: unknown) => {
      if (error) next(error);
      else serve(request, response, next);
    });
  };
}

/** Asks a handler for another path. It reads the address when it is called, so that the request keeps its own. */
export function serveAs(path: string, serve: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const { url } = request;
    const restored: typeof next = (error?: unknown) => {
      request.url = url;
      next(error);
    };
    request.url = path;
    serve(request, response, restored);
    request.url = url;
  };
}

/** Which form of a text the client reads best: `.br`, `.gz`, or none. */
function endingFor(request: Request, response: Response): string {
  response.vary("Accept-Encoding");
  // Asked one by one: browsers name gzip first, and mean nothing by it.
  if (request.acceptsEncodings("br")) return ENDINGS.br;
  return request.acceptsEncodings("gzip") ? ENDINGS.gzip : "";
}

/** Says what a compressed file is: its name alone would make it an archive to download. */
export function describeCompressed(response: Response, path: string): void {
  const encoding = Object.entries(ENDINGS).find(([, ending]) => path.endsWith(ending));
  if (!encoding) return;
  response.set("content-encoding", encoding[0]);
  response.type(extname(path.slice(0, -encoding[1].length)));
}
