import { once } from "node:events";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import type { Server } from "node:net";
import { type Language, SpokenError } from "../errors.ts";
import { isLoopback } from "./access/known-hosts.ts";
import { believesProxies } from "./admission/client-settings.ts";
import { createServer, type ServerParts } from "./create-server.ts";
import { RunningRequests } from "./running-requests.ts";

export type StartOptions = Omit<ServerParts, "requests"> & {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Milliseconds that running answers get to finish when the server closes. Default 9,000: supervisors kill after 10 seconds. */
  readonly graceMs?: number | undefined;
};

export type RunningServer = {
  readonly url: string;
  readonly port: number;
  /** Stops accepting, lets running answers finish, then lets go of every connection. */
  close(): Promise<void>;
};

/** Listens; rejects with `PORT_UNAVAILABLE` where it cannot. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { host, port, graceMs = 9_000, ...parts } = options;
  const requests = new RunningRequests();
  const localOnly = parts.localOnly ?? (isLoopback(host) && !believesProxies(parts.clients));
  const server = createHttpServer(TIMEOUTS, createServer({ ...parts, localOnly, requests }));
  server.setTimeout(SILENCE_MS);
  const actualPort = await listen(server, host, port);
  let closing: Promise<void> | undefined;
  return {
    url: `http://${toUrlHost(host)}:${actualPort}`,
    port: actualPort,
    close: () => (closing ??= closeServer(server, requests, graceMs)),
  };
}

/** Milliseconds that a connection may stay without a byte in either direction, twice that at most while something is to be sent; streams send comments. */
const SILENCE_MS = 60_000;

/** Milliseconds. Slow senders are cut off; a kept connection outlives the 60 seconds that proxies keep theirs. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 12_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 65_000,
};

/** Binds a server to an address; resolves to the port it got, rejects with `PORT_UNAVAILABLE`. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    throw portError(`${host}:${port}`, cause);
  }
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

async function closeServer(server: HttpServer, requests: RunningRequests, graceMs: number): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const finished = requests.stop();
  if (!(await endsWithin(graceMs, finished))) {
    requests.abortAll();
    await endsWithin(FAREWELL_MS, finished);
  }
  server.closeAllConnections();
  await closed;
}

/** How long answers that were cut off get to tell their readers. */
const FAREWELL_MS = 500;

function endsWithin(milliseconds: number, work: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    work.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

function portError(address: string, cause: unknown): SpokenError {
  const { zh, en } = reasonOf(cause);
  const texts = { zh: `无法监听 ${address}：${zh}。`, en: `Cannot listen on ${address}: ${en}.` };
  return new SpokenError("PORT_UNAVAILABLE", texts, { cause });
}

function reasonOf(cause: unknown): Record<Language, string> {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    return {
      zh: "端口已被别的程序占用，请用 --port 换一个",
      en: "another program uses this port; choose another with --port",
    };
  }
  if (code === "EACCES") {
    return {
      zh: "没有权限使用这个端口，请用 --port 换一个 1024 以上的",
      en: "no permission for this port; choose one above 1023 with --port",
    };
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return { zh: "本机没有这个地址，请检查 --host", en: "this machine has no such address; check --host" };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return { zh: message, en: message };
}

function toUrlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
