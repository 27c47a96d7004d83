import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { SiteAccess } from "../../../src/server/access/site-access.ts";

export type HostSite = { readonly url: string };

/** The sites of the running test, as an operator would list them: each is there as long as its page is served. */
const HOST_ORIGINS = new Set<string>();
export const HOST_SITES: SiteAccess = { origins: HOST_ORIGINS, keys: new Map() };

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
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  HOST_ORIGINS.add(url);
  onTestFinished(() => {
    HOST_ORIGINS.delete(url);
    server.closeAllConnections();
    server.close();
  });
  return { url };
}
