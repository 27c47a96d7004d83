import { Client, isAnswer, type Reply } from "../../load/client.ts";
import { openLoop } from "../../load/drive.ts";
import { readQuestions, withServedCorpus } from "../../load/served-corpus.ts";
import { quantile } from "../../support/serving.ts";
import { atLeast, atMost, stress, timed } from "../../support/stress.ts";

const NORMAL = 50;
const TIMES = 10;

type Asked = { readonly reply: Reply; readonly milliseconds: number; readonly at: number };

/** Readers who come ten times as fast as they do on a busy day, and what those notice who are let in, refused, or come after. */
await stress(
  "overload",
  async ({ long }) => {
    const question = await readQuestions();
    return withServedCorpus({ passages: long ? 10_000 : 400 }, async ({ url, observe }) => {
      const client = new Client(url);
      const askAll = async (rate: number, seconds: number): Promise<Asked[]> => {
        const asked: Asked[] = [];
        const begun = performance.now();
        await openLoop(rate, seconds * 1_000, async (late, number) => {
          const at = performance.now() - begun;
          const reply = await client.ask(question(number));
          asked.push({ reply, milliseconds: reply.milliseconds + late, at });
        });
        return asked;
      };
      await askAll(NORMAL, long ? 2 : 0.5);
      const normal = await askAll(NORMAL, long ? 20 : 2);
      await observe();
      const rush = await askAll(NORMAL * TIMES, long ? 20 : 2);
      const { delays } = await observe();
      const after = await askAll(NORMAL, long ? 10 : 2);
      client.close();

      const refused = rush.filter(({ reply }) => reply.status === 503);
      const admitted = rush.filter(({ reply }) => isAnswer(reply, false));
      const normalP95 = p95(normal);
      return {
        normalP95,
        asked: rush.length,
        admittedPerSecond: Math.round(admitted.length / (long ? 20 : 2)),
        admittedP95: p95(admitted),
        admittedTimesNormal: Math.round((p95(admitted) / normalP95) * 100) / 100,
        refused: refused.length,
        refusedP99: Math.round(
          quantile(
            refused.map(({ milliseconds }) => milliseconds),
            0.99,
          ),
        ),
        withoutRetryAfter: refused.filter(({ reply }) => !(Number(reply.retryAfter) > 0)).length,
        neither: rush.length - admitted.length - refused.length,
        secondsUntilNormal: secondsUntilNormal(after, normalP95),
        loopDelayP99: Math.round(delays.p99),
      };
    });
  },
  {
    admittedPerSecond: atLeast(1),
    admittedTimesNormal: timed(atMost(2)),
    refusedP99: timed(atMost(50)),
    withoutRetryAfter: atMost(0),
    neither: atMost(0),
    secondsUntilNormal: timed(atMost(5)),
  },
);

function p95(asked: readonly Asked[]): number {
  return Math.round(
    quantile(
      asked.map(({ milliseconds }) => milliseconds),
      0.95,
    ),
  );
}

/** The first second from which on all are answered, and as fast as before by half. */
function secondsUntilNormal(asked: readonly Asked[], normalP95: number): number {
  const seconds = Math.ceil(Math.max(...asked.map(({ at }) => at)) / 1_000);
  for (let from = 0; from < seconds; from++) {
    const rest = asked.filter(({ at }) => at >= from * 1_000);
    if (rest.every(({ reply }) => isAnswer(reply, false)) && p95(rest) <= 1.5 * normalP95) return from;
  }
  return seconds;
}
