import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The built command line; scripts run from the repository's root. */
export const MAIN = join(process.cwd(), "dist/cli/main.js");

export type ServingOptions = {
  readonly corpus: string;
  readonly index: string;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

/** A real `wenju serve` on a free port of the loopback address. */
export type Serving = {
  readonly url: string;
  readonly pid: number;
  readonly child: ChildProcess;
  /** What it has written to stderr so far. */
  readonly said: () => string;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
};

/** Starts a server and waits until it answers. Rejects with what it said where it ends before. */
export async function serve({
  corpus,
  index,
  flags = [],
  environment = {},
}: ServingOptions): Promise<Serving> {
  const child = spawn(
    process.execPath,
    [MAIN, "serve", "--port", "0", "--corpus", corpus, "--index", index, ...flags],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C", ...environment } },
  );
  let said = "";
  child.stderr.on("data", (data: Buffer) => {
    said = (said + data.toString()).slice(-100_000);
  });
  const exited = once(child, "exit");
  const line = once(createInterface(child.stdout), "line");
  const [url] = (await Promise.race([line, exited.then(() => [])])) as [string?];
  if (url === undefined || child.pid === undefined) throw new Error(`wenju serve ended: ${said}`);
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await exited;
    return child.exitCode;
  };
  return { url, pid: child.pid, child, said: () => said, stop };
}

export type Asked = { readonly status: number; readonly milliseconds: number; readonly body: string };

/** Asks one question as JSON, or as a stream of events; status 0 is a connection that broke. */
export async function ask(
  url: string,
  question: string,
  { accept = "application/json", signal }: { accept?: string; signal?: AbortSignal } = {},
): Promise<Asked> {
  const begun = performance.now();
  const done = (status: number, body: string): Asked => ({
    status,
    body,
    milliseconds: performance.now() - begun,
  });
  try {
    const response = await fetch(`${url}/api/ask`, {
      method: "POST",
      headers: { "content-type": "application/json", accept },
      body: JSON.stringify({ question }),
      ...(signal && { signal }),
    });
    return done(response.status, await response.text());
  } catch (error) {
    return done(0, `${error} ${error instanceof Error && error.cause}`);
  }
}

/** Of a process and those that it started: the model runs in one of its own. Linux only. */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const own = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  const others = await Promise.all((await childrenOf(pid)).map(residentMegabytes));
  return others.reduce((sum, each) => sum + each, own);
}

/** The processes that a process started. Linux only. */
export async function childrenOf(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return children.trim().split(" ").filter(Boolean).map(Number);
}

/** The value below which `share` of the numbers lie. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
