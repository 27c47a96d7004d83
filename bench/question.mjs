// node bench/question.mjs [passages]: start, one warm question and memory as someone at the server's door sees them, after npm run build.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { readQuestionSet } from "../dist/evaluation/question-set.js";
import { writeLargeCorpus } from "./large-corpus.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MAIN = join(ROOT, "dist/cli/main.js");
const ROUNDS = 5;

const questions = (await readQuestionSet(join(ROOT, "tests/fixtures/questions/hospitals.jsonl"))).map(
  ({ question }) => question,
);
const folder = await mkdtemp(join(tmpdir(), "wenju-bench-"));
try {
  print({ what: "machine", node: process.version, cores: cpus().length, cpu: cpus()[0].model });
  await measure("bundled corpus", join(ROOT, "corpus"));
  const passages = Number(process.argv[2] ?? 0);
  if (passages > 0) {
    const corpus = await writeLargeCorpus(join(folder, "corpus"), passages, join(ROOT, "corpus"));
    await measure(`about ${passages} passages`, corpus);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(what, corpus) {
  const flags = ["--corpus", corpus, "--index", join(folder, what)];
  const index = await timed(() => finished(["index", ...flags]));
  const server = await timed(() => startServer(flags));
  try {
    const { url, child } = server.value;
    for (const question of questions) await ask(url, question);
    const times = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const question of questions) times.push((await timed(() => ask(url, question))).milliseconds);
    }
    print({
      what,
      indexMilliseconds: index.milliseconds,
      startMilliseconds: server.milliseconds,
      questionMilliseconds: spread(times),
      questions: times.length,
      residentMegabytes: await residentMegabytes(child.pid),
    });
  } finally {
    server.value.child.kill("SIGTERM");
    await once(server.value.child, "exit");
  }
}

async function finished(args) {
  const [code] = await once(spawn(process.execPath, [MAIN, ...args], { stdio: "ignore" }), "exit");
  if (code !== 0) throw new Error(`wenju ${args.join(" ")} exited with ${code}.`);
}

/** Started is when it answers. */
async function startServer(flags) {
  const child = spawn(process.execPath, [MAIN, "serve", "--port", "0", ...flags], {
    stdio: ["ignore", "pipe", "ignore"],
    // one client asks more than a reader may
    env: { ...process.env, WENJU_QUESTIONS_PER_MINUTE: "0" },
  });
  const [url] = await once(createInterface(child.stdout), "line");
  const { status } = await fetch(`${url}/healthz`);
  if (status !== 200) throw new Error(`${url}/healthz answered ${status}.`);
  return { url, child };
}

async function ask(url, question) {
  const response = await fetch(`${url}/api/ask`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question }),
  });
  if (!response.ok) throw new Error(`${question}: ${response.status} ${await response.text()}`);
  await response.json();
}

/** Of the process and those that it started: the model runs in one of its own. Linux only. */
async function residentMegabytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  const own = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  const others = await Promise.all(children.trim().split(" ").filter(Boolean).map(residentMegabytes));
  return others.reduce((sum, each) => sum + each, own);
}

async function timed(work) {
  const begun = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - begun };
}

function spread(times) {
  const sorted = times.sort((a, b) => a - b);
  return { p50: sorted[sorted.length >> 1], p95: sorted[Math.floor(sorted.length * 0.95)] };
}

function print(figures) {
  console.log(
    JSON.stringify(figures, (_, value) => (typeof value === "number" ? Number(value.toPrecision(3)) : value)),
  );
}
