import express, { type ErrorRequestHandler, type Express, type RequestHandler, Router } from "express";
import type { Chatbot } from "../chatbot.ts";
import { LiveChatbot } from "../live-chatbot.ts";
import { admitKnownHosts } from "./access/known-hosts.ts";
import { securityHeaders } from "./access/security-headers.ts";
import { admitSites, OWN_PAGES_ONLY, type SiteAccess } from "./access/site-access.ts";
import { type AdminParts, adminRoutes } from "./admin/admin-routes.ts";
import { limitClients } from "./admission/client-limit.ts";
import { ANY_CLIENT, type ClientSettings } from "./admission/client-settings.ts";
import { type DeskOptions, QuestionDesk } from "./admission/question-desk.ts";
import { sendFailure, toFailure } from "./failure.ts";
import type { FeedbackLog } from "./journal/feedback-log.ts";
import { metricsRoute } from "./observing/metrics-route.ts";
import { type ObservingParts, RequestObserver } from "./observing/request-observer.ts";
import { refuseLargeBody } from "./request-body.ts";
import { articleListRoute, articleRoute } from "./routes/article-routes.ts";
import { askRoute } from "./routes/ask-route.ts";
import { onlyMethod, unknownRoute } from "./routes/fallback-routes.ts";
import { feedbackRoute } from "./routes/feedback-route.ts";
import { pageRoutes } from "./routes/page-routes.ts";
import { searchRoute } from "./routes/search-route.ts";
import { RunningRequests } from "./running-requests.ts";

export type ServerParts = ObservingParts & {
  /** One whose articles stay as they are, or one whose editions are replaced. */
  readonly chatbot: Chatbot | LiveChatbot;
  /** The folder of the built pages. */
  readonly webFolder: string;
  /** Questions that the start page offers; an edition of a `LiveChatbot` brings its own. */
  readonly suggestions?: readonly string[] | undefined;
  /** Whose pages may use `/api`. Default: the server's own. */
  readonly sites?: SiteAccess | undefined;
  /** Where feedback is kept; without it none is taken. */
  readonly feedback?: FeedbackLog | undefined;
  /** What the one who keeps the articles may do; without it there is no `/api/admin` and no `/admin`. */
  readonly admin?: AdminParts | undefined;
  readonly requests?: RunningRequests | undefined;
  /** Hears of what clients are only told as `INTERNAL`. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  /** Milliseconds between the comments of a quiet event stream. Default 15,000. */
  readonly heartbeatMs?: number | undefined;
  /** How clients are told apart, and how much one of them may ask. Default: as much as it likes. */
  readonly clients?: ClientSettings | undefined;
  /** Whether nobody but this machine and no proxy is spoken to: then the server goes by the machine's own names only. */
  readonly localOnly?: boolean | undefined;
  /** How many questions are taken in, and how long each may take. */
  readonly questions?: DeskOptions | undefined;
  /** Milliseconds that the embedding model may take before a question is answered by words alone. Default 1,000. */
  readonly patienceMs?: number | undefined;
};

/** The HTTP face of a chatbot: an Express application that does not listen yet. */
export function createServer(parts: ServerParts): Express {
  const { webFolder, requests = new RunningRequests(), onFailure, metrics, admin } = parts;
  const live = toLive(parts);
  const observer = new RequestObserver(parts);
  metrics?.watchEditions(live);
  const app = express();
  app.disable("x-powered-by");
  app.enable("case sensitive routing");
  app.set("query parser", "simple");
  app.set("trust proxy", (parts.clients ?? ANY_CLIENT).trustedProxies);
  app.use(observer.begin, securityHeaders(), followRequest(requests));
  if (parts.localOnly) app.use(admitKnownHosts(parts.sites ?? OWN_PAGES_ONLY));
  if (admin) app.use("/api/admin", adminRoutes(admin, live)); // its bodies are larger than those of all others
  app.use(refuseLargeBody);
  app.get("/healthz", (_request, response) => void response.set(FRESH).json({ status: "ok" }));
  app.get("/readyz", readiness(requests));
  if (metrics) app.get("/metrics", metricsRoute(metrics));
  app.use("/api", apiRoutes({ ...parts, live, requests, observer }));
  app.use(pageRoutes(live, webFolder, { admin: admin !== undefined }));
  app.use(unknownRoute, failed(observer, onFailure));
  return app;
}

const FRESH = { "cache-control": "no-store" };

function toLive({ chatbot, suggestions = [] }: ServerParts): LiveChatbot {
  return chatbot instanceof LiveChatbot ? chatbot : new LiveChatbot({ chatbot, suggestions });
}

type Shared = {
  readonly live: LiveChatbot;
  readonly requests: RunningRequests;
  readonly observer: RequestObserver;
};

function apiRoutes(parts: ServerParts & Shared): Router {
  const { live, sites = OWN_PAGES_ONLY, feedback, metrics, clients = ANY_CLIENT, patienceMs = 1_000 } = parts;
  const limit = limitClients(clients.questionsPerMinute);
  const desk = new QuestionDesk(parts.questions);
  const questions = { ...parts, desk, patienceMs };
  metrics?.watchLine(desk.line);
  const router = Router({ caseSensitive: true });
  router.use(admitSites(sites));
  router.route("/ask").post(limit, askRoute(questions)).all(onlyMethod("POST"));
  router.route("/search").get(limit, searchRoute(questions)).all(onlyMethod("GET, HEAD"));
  router.route("/articles").get(articleListRoute(live)).all(onlyMethod("GET, HEAD"));
  router.route("/articles/:id").get(articleRoute(live)).all(onlyMethod("GET, HEAD"));
  if (feedback) router.route("/feedback").post(feedbackRoute(feedback, metrics)).all(onlyMethod("POST"));
  router.use(unknownRoute);
  return router;
}

function followRequest(requests: RunningRequests): RequestHandler {
  return (_request, response, next) => {
    requests.start(response);
    if (requests.stopping) response.set("connection", "close");
    next();
  };
}

function readiness(requests: RunningRequests): RequestHandler {
  return (_request, response) => {
    const status = requests.stopping ? "stopping" : "ready";
    response
      .status(requests.stopping ? 503 : 200)
      .set(FRESH)
      .json({ status });
  };
}

function failed(observer: RequestObserver, onFailure: ServerParts["onFailure"]): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    observer.noteFailure(response, error);
    const failure = toFailure(error);
    if (failure.status === 500) onFailure?.(error);
    if (!response.headersSent) sendFailure(request, response, failure);
    else if (!response.writableEnded) response.destroy();
  };
}
