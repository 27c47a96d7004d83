import type { Reindexing, ReindexStatus } from "../../../src/server/admin/reindexing.ts";
import type { RunningServer, StartOptions } from "../../../src/server/start-server.ts";
import { folderWith, serve } from "./served-chatbot.ts";

export const TOKEN = "a-token-of-some-length";

/** Notes what is asked of it, and indexes nothing. */
export class NotedReindexing implements Reindexing {
  status: ReindexStatus = { state: "current" };
  requests = 0;

  request(): void {
    this.requests++;
  }
}

export type Administered = {
  readonly server: RunningServer;
  readonly corpusFolder: string;
  readonly reindexing: NotedReindexing;
  /** Sends a request below `/api/admin` with the token, unless `init` has another. */
  send(path: string, init?: RequestInit): Promise<Response>;
};

/** A server whose articles can be managed, over a folder with these files. */
export async function administered(
  files: Readonly<Record<string, string>>,
  options: Partial<StartOptions> = {},
): Promise<Administered> {
  const corpusFolder = await folderWith(files);
  const reindexing = new NotedReindexing();
  const server = await serve({ admin: { token: TOKEN, corpusFolder, reindexing }, ...options });
  const send = (path: string, init: RequestInit = {}) => {
    const headers = new Headers({ authorization: `Bearer ${TOKEN}` });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    return fetch(`${server.url}/api/admin${path}`, { ...init, headers });
  };
  return { server, corpusFolder, reindexing, send };
}

export async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}
