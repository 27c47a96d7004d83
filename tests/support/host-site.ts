import { createServer, type Server, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export type HostSite = { readonly url: string };

/** Another site for one test: a page with this body, under this content security policy where one is given. */
export async function hostSite(
  body: string,
  { policy, head = "" }: { policy?: string; head?: string } = {},
): Promise<HostSite> {
  const server = createServer((request, response) => {
    if (request.url !== "/") return void response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      ...(policy === undefined ? {} : { "content-security-policy": policy }),
    });
    response.end(
      `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>某网站</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`,
    );
  });
  return { url: await listenForTest(server) };
}

/**
 * Stands before a Wenju server as a reverse proxy that lets every origin in, as a server does whose operator allowed
 * it; the server's own door is tested with the server.
 */
export function openToAllOrigins(target: string): Server {
  return createServer((request, response) => {
    const allowed = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "content-type, x-wenju-key",
      "cross-origin-resource-policy": "cross-origin",
    };
    if (request.method === "OPTIONS") return void response.writeHead(204, allowed).end();
    const { host, ...headers } = request.headers;
    const forwarded = sendRequest(target + request.url, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...allowed });
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    response.on("close", () => forwarded.destroy());
    request.pipe(forwarded);
  });
}

/** Listens on a free port; resolves to the server's origin. */
export async function listenAnywhere(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function listenForTest(server: Server): Promise<string> {
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return listenAnywhere(server);
}
