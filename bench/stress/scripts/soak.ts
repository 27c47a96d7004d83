import { setTimeout as delay } from "node:timers/promises";
import { Client } from "../load/client.ts";
import { openLoop } from "../load/drive.ts";
import { type Observation, readQuestions, withServedCorpus } from "../load/served-corpus.ts";
import { Tally } from "../load/tally.ts";
import { atLeast, atMost, stress, timed } from "../support/stress.ts";

const RATE = 20;

/** Readers for half an hour, or `STRESS_MINUTES`: what the server's memory and event loop do in that time. */
await stress(
  "soak",
  async ({ long }) => {
    const { STRESS_MINUTES = "30" } = process.env;
    const minutes = long ? Number(STRESS_MINUTES) : 0.1;
    const warmUp = long ? 60_000 : 2_000;
    const question = await readQuestions();
    return withServedCorpus({ passages: long ? 10_000 : 400 }, async ({ url, observe }) => {
      const client = new Client(url);
      const tally = new Tally();
      const askFor = (milliseconds: number) =>
        openLoop(RATE, milliseconds, async (late, number) => {
          const stream = number % 2 === 1;
          tally.add(await client.ask(question(number), { stream }), stream, late);
        });
      await askFor(warmUp);
      await observe();
      const seen: { minute: number; observation: Observation }[] = [];
      const begun = performance.now();
      const asking = askFor(minutes * 60_000);
      const over = begun + minutes * 60_000;
      while (performance.now() < over) {
        await delay(long ? 10_000 : 1_000);
        seen.push({ minute: (performance.now() - begun) / 60_000, observation: await observe() });
      }
      await asking;
      client.close();
      const { answered, serverErrors, dropped, malformed, p95 } = tally.figures();
      return {
        minutes,
        answered,
        failed: serverErrors + dropped + malformed,
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
    liveMegabytesPerMinute: timed(atMost(1)),
    residentMegabytesPerMinute: timed(atMost(1)),
    loopDelayP99: timed(atMost(50)),
  },
);

/** Of the straight line nearest to the points (least squares). */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(([value]) => value));
  const y = mean(points.map(([, value]) => value));
  const product = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  const square = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return Math.round((product / square) * 100) / 100;
}
