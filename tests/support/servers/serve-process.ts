import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished } from "vitest";

const MAIN = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

export type ServeOptions = {
  readonly corpus: string;
  readonly index: string;
  readonly flags?: readonly string[];
  /** What the shell does before it becomes the server, such as `ulimit -f 0`. */
  readonly before?: string;
};

/** A real `wenju serve`, which speaks English, on a free port. */
export type ServeProcess = {
  readonly pid: number;
  /** Rejects with what it said where it ends before it serves. */
  readonly url: Promise<string>;
  /** What it wrote to stderr so far. */
  said(): string;
  /** Resolves once it has said something that fits. */
  says(pattern: RegExp): Promise<void>;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
};

/** Starts one; it is gone after the test. */
export function startServe({ corpus, index, flags = [], before = "true" }: ServeOptions): ServeProcess {
  const args = [MAIN, "serve", "--port", "0", "--corpus", corpus, "--index", index, ...flags];
  const child = spawn("bash", ["-c", `${before}; exec "$@"`, "bash", process.execPath, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LANG: "en_US.UTF-8", LC_ALL: "" },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let [out, said] = ["", ""];
  child.stdout.on("data", (data) => {
    out += String(data);
  });
  child.stderr.on("data", (data) => {
    said += String(data);
  });
  const ended = once(child, "close").then(([code]) => code as number | null);
  const url = (async () => {
    while (!out.includes("\n")) {
      const code = await Promise.race([once(child.stdout, "data").then(() => undefined), ended]);
      if (code !== undefined) throw new Error(`wenju serve ended with ${code}: ${said}`);
    }
    return out.split("\n")[0]!;
  })();
  url.catch(() => undefined); // whoever wants it hears of it
  return {
    pid: child.pid!,
    url,
    ended,
    said: () => said,
    says: (pattern) => expect.poll(() => said, { timeout: 60_000, interval: 20 }).toMatch(pattern),
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}
