import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "../../load/client.ts";
import { after, closedLoop } from "../../load/drive.ts";
import { openFiles, processorSeconds } from "../../load/process-facts.ts";
import { random } from "../../load/random.ts";
import { open, questionBytes } from "../../load/raw-socket.ts";
import { readQuestions, type ServedCorpus, withServedCorpus } from "../../load/served-corpus.ts";
import { Tally } from "../../load/tally.ts";
import { atLeast, atMost, stress } from "../../support/stress.ts";

/** A second on average, of each kind: what the machine can answer beside its other clients. */
const RATE = 10;
/** Node looks once a minute whether a byte was taken since it last looked: what stalls right after that is found by the next look. */
const HUNG_UP_MS = 130_000;
/** So many are there to ask: once each, and what the server keeps of them is kept. */
const QUESTIONS = 96;
/** So many of them have asked for more than the buffers of both sides hold: articles, again and again. */
const GREEDY = 5;
const ARTICLES = 400;

/** Readers of streams who never read, and readers who leave before they have their answer. */
await stress(
  "readers",
  async ({ long }) => {
    const question = await readQuestions();
    const readers = long ? 200 : 40;
    return withServedCorpus({ passages: long ? 10_000 : 400 }, async (served) => {
      const { url, pid, observe } = served;
      const client = new Client(url);
      const others = new Tally();
      const ask = async (number: number) => {
        const stream = number % 2 === 1;
        others.add(await client.ask(question(number), { stream }), stream);
      };
      for (let number = 0; number < QUESTIONS; number++) await ask(number);
      others.clear();
      await closedLoop(2, after(long ? 20_000 : 1_000), (_, round) => ask(round));
      const aloneP95 = others.figures().p95;
      others.clear();
      const before = await observe();
      const files = await openFiles(pid);

      const [sockets] = await Promise.all([
        annoy(url, question, readers),
        closedLoop(2, after(long ? 20_000 : 4_000), (_, round) => ask(round)),
      ]);
      const during = await observe();
      const heldAtOnce = (await openFiles(pid)) - files;
      if (long) await delay(HUNG_UP_MS);
      const heldForLong = long ? (await openFiles(pid)) - files : 0;
      for (const socket of sockets) socket.destroy();
      client.close();
      const idleAfterSeconds = await secondsUntilIdle(pid);
      const { answered, p95, ...failures } = others.figures();
      return {
        answered,
        othersFailed: failures.serverErrors + failures.dropped + failures.malformed,
        aloneP95,
        othersP95: p95,
        heldAtOnce,
        heldForLong,
        heldMegabytes: Math.round((during.live - before.live) / 1e5) / 10,
        memoryChangePercent: await memoryChange(served, before.live),
        filesLeft: (await openFiles(pid)) - files,
        idleAfterSeconds,
      };
    });
  },
  {
    othersFailed: atMost(0),
    heldAtOnce: atLeast(30),
    heldForLong: atMost(0),
    memoryChangePercent: atMost(10),
    filesLeft: atMost(2),
    idleAfterSeconds: atMost(5),
  },
);

type Question = (number: number) => string;

/** Half of them never read and stay, half leave within some hundredths of a second; resolves with those who stay. */
async function annoy(url: string, question: Question, readers: number): Promise<Socket[]> {
  const next = random(3);
  const staying: Socket[] = [];
  for (let reader = 0; reader < readers; reader++) {
    const silent = await open(url);
    silent.pause();
    silent.write(questionBytes(question(reader)));
    if (reader % (readers / GREEDY) === 0) {
      silent.write("GET /api/articles/0 HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(ARTICLES));
    }
    staying.push(silent);
    const leaving = await open(url);
    leaving.resume().write(questionBytes(question(reader + 1)));
    setTimeout(() => leaving.destroy(), next() * 40);
    await delay(1_000 / RATE);
  }
  return staying;
}

/** Of what is left after a collection. */
async function memoryChange({ observe }: ServedCorpus, before: number): Promise<number> {
  return Math.round(((await observe()).live / before - 1) * 1_000) / 10;
}

/** Seconds until a server of whom nobody wants anything any more does next to nothing: a twentieth of one processor. */
async function secondsUntilIdle(pid: number): Promise<number> {
  for (let seconds = 0; seconds < 20; seconds++) {
    const before = await processorSeconds(pid);
    await delay(1_000);
    if ((await processorSeconds(pid)) - before <= 0.05) return seconds;
  }
  return 20;
}
