import type { RequestHandler } from "express";
import type { ServerMetrics } from "./server-metrics.ts";

/** `GET /metrics`, in Prometheus's text format. */
export function metricsRoute(metrics: ServerMetrics): RequestHandler {
  return async (_request, response) => {
    const text = await metrics.text();
    response.set({ "content-type": metrics.contentType, "cache-control": "no-store" }).send(text);
  };
}
