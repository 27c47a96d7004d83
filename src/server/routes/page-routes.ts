import { join } from "node:path";
import { type RequestHandler, type Response, Router, static as staticFiles } from "express";
import type { LiveChatbot } from "../../live-chatbot.ts";
import { allowEmbedding } from "../access/security-headers.ts";
import { RequestError } from "../request-error.ts";
import { findArticle } from "./article-routes.ts";
import { describeCompressed, preferCompressed, serveAs } from "./compressed-files.ts";
import { onlyInside } from "./inside-folder.ts";

/** The pages, the widget and their assets, as `npm run build` leaves them in `webFolder`. */
export function pageRoutes(
  live: LiveChatbot,
  webFolder: string,
  { admin }: { readonly admin: boolean },
): Router {
  const router = Router({ caseSensitive: true });
  router.get("/", page(webFolder, "index.html"));
  router.get("/articles", page(webFolder, "articles.html"));
  router.get("/articles/:id", articlePage(live, webFolder));
  router.get("/demo", page(webFolder, "demo.html"));
  if (admin) router.get("/admin", page(webFolder, "admin.html"));
  router.get("/widget.js", allowEmbedding, page(webFolder, "widget.js"));
  router.use("/assets", allowEmbedding, files(join(webFolder, "assets")));
  return router;
}

function page(webFolder: string, name: string): RequestHandler {
  const serve = serveAs(`/${name}`, files(webFolder));
  return (request, response, next) =>
    serve(request, response, (error?: unknown) => next(error ?? new RequestError("page-missing")));
}

/** The viewer itself tells a reader that an article is not there: an unknown id gets the page, with the honest status. */
function articlePage(live: LiveChatbot, webFolder: string): RequestHandler {
  const send = page(webFolder, "article.html");
  return (request, response, next) => {
    try {
      findArticle(live.current.chatbot, request);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      response.status(error.status);
    }
    return send(request, response, next);
  };
}

/** Fonts do not change between our versions, files with a hash in their name never do; the rest asks each time. */
function cacheControlOf(path: string): string {
  if (/-[A-Z0-9]{8}\.[a-z0-9]+(?:\.map)?(?:\.br|\.gz)?$/.test(path))
    return "public, max-age=31536000, immutable";
  return path.endsWith(".woff2") ? "public, max-age=604800" : "no-cache";
}

function files(folder: string): RequestHandler {
  const serve = staticFiles(folder, {
    index: false,
    redirect: false,
    cacheControl: false,
    setHeaders: (response: Response, path) => {
      response.set("cache-control", cacheControlOf(path));
      describeCompressed(response, path);
    },
  });
  return preferCompressed(onlyInside(folder, serve));
}
