import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "../../load/client.ts";
import { openLoop } from "../../load/drive.ts";
import { type Observation, readQuestions, withServedCorpus } from "../../load/served-corpus.ts";
import { Tally } from "../../load/tally.ts";
import { atLeast, atMost, stress, timed } from "../../support/stress.ts";

const RATE = 20;

/** Readers for half an hour, or `STRESS_MINUTES`, while articles change: what the memory and the event loop of a warm server do in that time. */
await stress(
  "soak",
  async ({ long }) => {
    const { STRESS_MINUTES = "30" } = process.env;
    const minutes = long ? Number(STRESS_MINUTES) : 0.07;
    // until two editions have lain side by side: room for both is part of what it works with
    const warmUp = long ? 150_000 : 2_000;
    const question = await readQuestions();
    const options = { passages: long ? 10_000 : 400, flags: ["--watch"], own: true };
    return withServedCorpus(options, async ({ url, corpus, observe }) => {
      const client = new Client(url);
      const tally = new Tally();
      const askFor = (milliseconds: number) =>
        openLoop(RATE, milliseconds, async (late, number) => {
          const stream = number % 2 === 1;
          tally.add(await client.ask(question(number), { stream }), stream, late);
        });
      const changes = changeEvery(long ? 30_000 : 2_000, join(corpus, "0.txt"));
      await askFor(warmUp);
      await observe();
      const editions = new Set<string>();
      const seen: { minute: number; observation: Observation }[] = [];
      const begun = performance.now();
      const asking = askFor(minutes * 60_000);
      const over = begun + minutes * 60_000;
      while (performance.now() < over) {
        await delay(long ? 10_000 : 1_000);
        editions.add(await editionOf(url));
        seen.push({ minute: (performance.now() - begun) / 60_000, observation: await observe() });
      }
      await asking;
      clearInterval(changes);
      client.close();
      const { answered, serverErrors, dropped, malformed, p95 } = tally.figures();
      return {
        minutes,
        answered,
        failed: serverErrors + dropped + malformed,
        editions: editions.size,
        p95,
        liveMegabytesPerMinute: slope(
          seen.map(({ minute, observation }) => [minute, observation.live / 1e6]),
        ),
        residentMegabytesPerMinute: slope(
          seen.map(({ minute, observation }) => [minute, observation.rss / 1e6]),
        ),
        loopDelayP99: Math.round(Math.max(...seen.map(({ observation }) => observation.delays.p99))),
      };
    });
  },
  {
    answered: atLeast(50),
    failed: atMost(0),
    editions: timed(atLeast(2)),
    liveMegabytesPerMinute: timed(atMost(1)),
    residentMegabytesPerMinute: timed(atMost(1)),
    loopDelayP99: timed(atMost(50)),
  },
);

/** An editor who adds a line again and again. */
function changeEvery(milliseconds: number, article: string): NodeJS.Timeout {
  let line = 0;
  return setInterval(
    () => void appendFile(article, `\n第${++line}次补记：医院又收到一面锦旗。\n`),
    milliseconds,
  );
}

async function editionOf(url: string): Promise<string> {
  const response = await fetch(`${url}/api/ask`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question: "医院有多少张床位？" }),
  });
  await response.text();
  return response.headers.get("wenju-generation") ?? "";
}

/** Of the straight line nearest to the points (least squares). */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(([value]) => value));
  const y = mean(points.map(([, value]) => value));
  const product = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  const square = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return Math.round((product / square) * 100) / 100;
}
