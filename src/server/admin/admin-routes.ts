import { type Request, type RequestHandler, Router } from "express";
import { isArticleId } from "../../corpus/article-id.ts";
import type { LiveChatbot } from "../../live-chatbot.ts";
import { admitOwnPages } from "../access/site-access.ts";
import { RequestError } from "../request-error.ts";
import { onlyMethod, unknownRoute } from "../routes/fallback-routes.ts";
import { ArticleFiles } from "./article-files.ts";
import type { Reindexing } from "./reindexing.ts";
import { requireToken } from "./require-token.ts";
import { LARGEST_UPLOAD, readUpload } from "./upload.ts";

/** What the one who keeps the articles may do over HTTP. */
export type AdminParts = {
  /** Whoever sends it may do everything below `/api/admin`. */
  readonly token: string;
  readonly corpusFolder: string;
  readonly reindexing: Reindexing;
};

/** `/api/admin`: add, replace and remove articles, and see what becomes of them. */
export function adminRoutes({ token, corpusFolder, reindexing }: AdminParts, live: LiveChatbot): Router {
  const files = new ArticleFiles(corpusFolder);
  const router = Router({ caseSensitive: true });
  router.use(keepNothing, admitOwnPages, requireToken(token), refuseLargeUpload);
  router
    .route("/articles")
    .get(listRoute(files, live, reindexing))
    .post(uploadRoute(files, reindexing))
    .all(onlyMethod("GET, HEAD, POST"));
  router.route("/articles/:id").delete(deleteRoute(files, reindexing)).all(onlyMethod("DELETE"));
  router.route("/reindex").post(reindexRoute(reindexing, live)).all(onlyMethod("POST"));
  router.route("/status").get(statusRoute(reindexing, live)).all(onlyMethod("GET, HEAD"));
  router.use(unknownRoute);
  return router;
}

const keepNothing: RequestHandler = (_request, response, next) => {
  response.set("cache-control", "no-store");
  next();
};

const refuseLargeUpload: RequestHandler = ({ headers, method }, _response, next) => {
  if (Number(headers["content-length"] ?? 0) > LARGEST_UPLOAD) throw new RequestError("upload-too-large");
  if (headers["transfer-encoding"] !== undefined && method !== "POST")
    throw new RequestError("body-unexpected");
  next();
};

/** `GET /api/admin/articles`: every file that is read as an article, and what became of it. */
function listRoute(files: ArticleFiles, live: LiveChatbot, reindexing: Reindexing): RequestHandler {
  return async (_request, response) => {
    const { articles } = live.current.chatbot;
    const skipped = new Map(reindexing.status.report?.skipped.map((each) => [each.file, each]));
    const listed = (await files.list()).map(({ path, ...file }) => {
      const { code, reason } = skipped.get(path) ?? {};
      const title = articles.get(file.id)?.title;
      return {
        ...file,
        file: path,
        title,
        indexed: title !== undefined,
        ...(code && { skipped: { code, reason } }),
      };
    });
    response.json({ articles: listed });
  };
}

/** `POST /api/admin/articles`: puts a file into the corpus folder, and has it indexed. */
function uploadRoute(files: ArticleFiles, reindexing: Reindexing): RequestHandler {
  return async (request, response) => {
    const { replace } = request.query;
    const { name, bytes } = await readUpload(request);
    const { id, path, replaced } = await files.save(name, bytes, { replace: replace === "1" });
    reindexing.request();
    response.status(replaced ? 200 : 201).json({ id, file: path, replaced });
  };
}

/** `DELETE /api/admin/articles/:id`: removes the file from the corpus folder, and what was indexed of it. */
function deleteRoute(files: ArticleFiles, reindexing: Reindexing): RequestHandler {
  return async (request, response) => {
    const { id, path } = await files.remove(articleIdOf(request), fileOf(request));
    reindexing.request();
    response.json({ id, file: path });
  };
}

/** `POST /api/admin/reindex`: looks at the corpus folder now. */
function reindexRoute(reindexing: Reindexing, live: LiveChatbot): RequestHandler {
  return (_request, response) => {
    reindexing.request();
    response.status(202).json(describeStatus(reindexing, live));
  };
}

/** `GET /api/admin/status`: what goes on, and what came of it last. */
function statusRoute(reindexing: Reindexing, live: LiveChatbot): RequestHandler {
  return (_request, response) => void response.json(describeStatus(reindexing, live));
}

function describeStatus({ status }: Reindexing, { current }: LiveChatbot) {
  const { generation, passages, chatbot } = current;
  return { ...status, generation, articles: chatbot.articles.size, passages };
}

function articleIdOf({ params }: Request): string {
  const { id } = params;
  if (typeof id !== "string" || !isArticleId(id)) throw new RequestError("article-id-invalid");
  return id;
}

function fileOf({ query }: Request): string | undefined {
  const { file } = query;
  return typeof file === "string" ? file : undefined;
}
