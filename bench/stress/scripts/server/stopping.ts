import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { Client, isAnswer } from "../../load/client.ts";
import { closedLoop } from "../../load/drive.ts";
import { open } from "../../load/raw-socket.ts";
import { readQuestions, type ServedCorpus, withServedCorpus } from "../../load/served-corpus.ts";
import { MAIN } from "../../support/serving.ts";
import { atLeast, atMost, stress, timed } from "../../support/stress.ts";

type Stop = {
  readonly exitCode: number | null;
  readonly milliseconds: number;
  readonly whole: number;
  readonly truncated: number;
};

/** Settings with which nothing can be served. */
const BAD_SETTINGS: readonly Readonly<Record<string, string>>[] = [
  { WENJU_PORT: "65536" },
  { WENJU_HOST: "not a host" },
  { WENJU_HOST: "192.0.2.1" },
  { WENJU_TRUST_PROXY: "true" },
  { WENJU_QUESTIONS_PER_MINUTE: "-1" },
  { WENJU_ALLOWED_ORIGINS: "https://*.example.org" },
];

/** SIGTERM while clients ask, a second one while a request hangs, and starts that cannot succeed. */
await stress(
  "stopping",
  async ({ long }) => {
    const stops: Stop[] = [];
    for (let round = 0; round < (long ? 20 : 2); round++) {
      stops.push(await withServedCorpus({ passages: 400 }, stopUnderLoad));
    }
    const [second, ...starts] = await Promise.all([
      withServedCorpus({ passages: 400 }, stopTwice),
      portInUse(),
      portWithoutPermission(),
      ...BAD_SETTINGS.map((settings) => start(settings)),
    ]);
    return {
      stops: stops.length,
      exitsWithZero: stops.filter(({ exitCode }) => exitCode === 0).length,
      answeredWhole: stops.reduce((sum, { whole }) => sum + whole, 0),
      truncated: stops.reduce((sum, { truncated }) => sum + truncated, 0),
      notZero: stops.filter(({ exitCode }) => exitCode !== 0).length,
      slowestStopMs: Math.round(Math.max(...stops.map(({ milliseconds }) => milliseconds))),
      secondSignalExit: second.exitCode ?? -1,
      secondSignalMs: Math.round(second.milliseconds),
      badStarts: starts.length,
      badStartsNotTold: starts.filter(({ exitCode, lines }) => exitCode !== 2 || lines !== 1).length,
    };
  },
  {
    answeredWhole: atLeast(10),
    notZero: atMost(0),
    truncated: atMost(0),
    slowestStopMs: atMost(10_000),
    secondSignalExit: atLeast(143),
    secondSignalMs: timed(atMost(500)),
    badStarts: atLeast(7),
    badStartsNotTold: atMost(0),
  },
);

async function stopUnderLoad({ url, child, stop }: ServedCorpus): Promise<Stop> {
  const question = await readQuestions();
  const client = new Client(url);
  let whole = 0;
  let truncated = 0;
  const exited = () => child.exitCode !== null || child.signalCode !== null;
  const load = closedLoop(16, exited, async (each, round) => {
    const stream = each % 2 === 1;
    const reply = await client.ask(question(each * 7 + round), { stream });
    if (isAnswer(reply, stream)) whole += 1;
    else if (reply.status === 200) truncated += 1;
    else if (reply.status === 0) await delay(10);
  });
  await delay(700);
  const begun = performance.now();
  const exitCode = await stop();
  const milliseconds = performance.now() - begun;
  await load;
  client.close();
  return { exitCode, milliseconds, whole, truncated };
}

/** A request that is never sent to its end keeps a stopping server waiting. */
async function stopTwice({
  url,
  child,
  said,
}: ServedCorpus): Promise<{ exitCode: number | null; milliseconds: number }> {
  const socket = await open(url);
  socket.write(
    "POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
  );
  // whoever comes later is answered later
  await fetch(`${url}/healthz`);
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  while (child.exitCode === null && !said().includes("Stopping"))
    await Promise.race([once(child.stderr!, "data"), exited]);
  if (child.exitCode !== null) throw new Error("The server did not wait for its running request.");
  const begun = performance.now();
  child.kill("SIGTERM");
  const [exitCode] = (await exited) as [number | null];
  socket.destroy();
  return { exitCode, milliseconds: performance.now() - begun };
}

type Start = { readonly exitCode: number | null; readonly lines: number };

async function portInUse(): Promise<Start> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  try {
    return await start({ WENJU_PORT: String(port) });
  } finally {
    server.close();
  }
}

/** Ports below 1024 are for the superuser; who is one starts the server as nobody. */
function portWithoutPermission(): Promise<Start> {
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  return start({ WENJU_PORT: "80" }, nobody);
}

async function start(
  environment: Readonly<Record<string, string>>,
  owner: { readonly uid?: number; readonly gid?: number } = {},
): Promise<Start> {
  const child = spawn(process.execPath, [MAIN, "serve"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, LC_ALL: "C", ...environment },
    ...owner,
  });
  let said = "";
  child.stderr.on("data", (data: Buffer) => {
    said += data.toString();
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const [exitCode] = (await once(child, "close")) as [number | null];
  clearTimeout(timer);
  return { exitCode, lines: said.trimEnd().split("\n").length };
}
