import { Client } from "../../load/client.ts";
import { after, closedLoop, openLoop } from "../../load/drive.ts";
import { processorSeconds } from "../../load/process-facts.ts";
import { readQuestions, withServedCorpus } from "../../load/served-corpus.ts";
import { Tally } from "../../load/tally.ts";
import { atMost, stress, timed } from "../../support/stress.ts";

const CLIENTS = 50;
const RATE = 50;
/** What a machine can answer that does much else besides. */
const SHORT_RATE = 5;

/** Fifty clients who ask without a pause, then readers who come by themselves, fifty a second; every second one reads a stream. */
await stress(
  "load",
  async ({ long }) => {
    const seconds = long ? 60 : 3;
    const question = await readQuestions();
    return withServedCorpus({ passages: long ? 10_000 : 400 }, async ({ url, pid, observe }) => {
      const client = new Client(url);
      const tally = new Tally();
      const ask = async (number: number, late = 0): Promise<void> => {
        const stream = number % 2 === 1;
        tally.add(await client.ask(question(number), { stream }), stream, late);
      };
      await closedLoop(4, after(long ? 2_000 : 1_000), (_, round) => ask(round));
      tally.clear();
      await observe();
      const processor = await processorSeconds(pid);
      await closedLoop(CLIENTS, after(seconds * 1_000), (each, round) => ask(each + round));
      const clients = tally.figures();
      const processorMs = ((await processorSeconds(pid)) - processor) * 1_000;
      const { delays } = await observe();
      tally.clear();
      await openLoop(long ? RATE : SHORT_RATE, seconds * 1_000, (late, number) => ask(number, late));
      const open = tally.figures();
      client.close();
      return {
        answered: clients.answered + open.answered,
        serverErrors: clients.serverErrors + open.serverErrors,
        dropped: clients.dropped + open.dropped,
        malformed: clients.malformed + open.malformed,
        clientsPerSecond: Math.round(clients.answered / seconds),
        clientsP95: clients.p95,
        processorMsPerQuestion: Math.round((processorMs / clients.answered) * 10) / 10,
        openP50: open.p50,
        openP95: open.p95,
        loopDelayP99: Math.round(delays.p99),
      };
    });
  },
  {
    serverErrors: atMost(0),
    dropped: atMost(0),
    malformed: atMost(0),
    openP95: timed(atMost(80)),
    loopDelayP99: timed(atMost(50)),
  },
);
