import { Client, isAnswer } from "../../load/client.ts";
import { type FuzzedRequest, fuzzedRequest } from "../../load/fuzzed-request.ts";
import { random } from "../../load/random.ts";
import { open } from "../../load/raw-socket.ts";
import { type ServedCorpus, withServedCorpus } from "../../load/served-corpus.ts";
import { atLeast, atMost, stress } from "../../support/stress.ts";

const AT_ONCE = 16;
const SEED = 5;

type Outcome = FuzzedRequest & { readonly status: number; readonly milliseconds: number };

/** Requests that nobody would send by accident, over raw sockets, each followed by the end of what is sent. */
await stress(
  "fuzz",
  async ({ long }) =>
    withServedCorpus({ passages: 400, environment: { WENJU_LOG_LEVEL: "error" } }, async (served) => {
      const next = random(SEED);
      const requests = Array.from({ length: long ? 20_000 : 2_000 }, () => fuzzedRequest(next));
      const outcomes: Outcome[] = [];
      const queue = requests.values();
      const sendAll = async () => {
        for (const request of queue) outcomes.push(await send(served, request));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
      const failures = outcomes.filter(({ status, milliseconds }) => status >= 500 || milliseconds > 1_000);
      for (const { kind, status, milliseconds, bytes } of failures.slice(0, 5)) {
        console.error(
          `${kind}: ${status} after ${Math.round(milliseconds)} ms: ${JSON.stringify(bytes.toString("latin1").slice(0, 300))}`,
        );
      }
      return {
        requests: outcomes.length,
        kinds: new Set(requests.map(({ kind }) => kind)).size,
        answered: outcomes.filter(({ status }) => status === 200).length,
        refused: outcomes.filter(({ status }) => status >= 400 && status < 500).length,
        serverErrors: outcomes.filter(({ status }) => status >= 500).length,
        hangs: outcomes.filter(({ milliseconds }) => milliseconds > 1_000).length,
        slowestMs: Math.round(Math.max(...outcomes.map(({ milliseconds }) => milliseconds))),
        failuresInside: served.said().match(/"level":"error"/g)?.length ?? 0,
        ...(await isAlive(served)),
      };
    }),
  {
    requests: atLeast(2_000),
    answered: atLeast(1),
    serverErrors: atMost(0),
    hangs: atMost(0),
    failuresInside: atMost(0),
    alive: atLeast(1),
  },
);

/** Until the server hangs up, three seconds at most. */
async function send({ url }: ServedCorpus, request: FuzzedRequest): Promise<Outcome> {
  const begun = performance.now();
  const socket = await open(url);
  let answer = "";
  socket.on("data", (data) => {
    answer += data.toString("latin1");
  });
  const timer = setTimeout(() => socket.destroy(), 3_000);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.end(request.bytes);
  if (!socket.closed) await closed;
  clearTimeout(timer);
  const statuses = Array.from(answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm), ([, status]) => Number(status));
  return { ...request, status: Math.max(0, ...statuses), milliseconds: performance.now() - begun };
}

async function isAlive({ url, child }: ServedCorpus): Promise<{ alive: number }> {
  const client = new Client(url);
  const answered = isAnswer(await client.ask("株洲市中心医院有多少名党员？"), false);
  client.close();
  return { alive: answered && child.exitCode === null ? 1 : 0 };
}
