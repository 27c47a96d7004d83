import { setTimeout as delay } from "node:timers/promises";
import { Client, parse } from "../../load/client.ts";
import { closedLoop } from "../../load/drive.ts";
import { modelProcess } from "../../load/process-facts.ts";
import { readQuestions, withServedCorpus } from "../../load/served-corpus.ts";
import { Tally } from "../../load/tally.ts";
import { atLeast, atMost, stress, timed } from "../../support/stress.ts";

/** kill -9 on the process that holds the model, again and again, while eight clients ask. */
await stress(
  "worker-kill",
  async ({ long }) => {
    const kills = long ? 20 : 3;
    const question = await readQuestions();
    return withServedCorpus({ passages: long ? 10_000 : 400 }, async ({ url, pid, child }) => {
      const client = new Client(url);
      const others = new Tally();
      let byWords = 0;
      let over = false;
      const isOver = () => over;
      const load = closedLoop(8, isOver, async (each, round) => {
        const reply = await client.ask(question(each * 11 + round));
        if (isByWords(reply.body)) byWords += 1;
        others.add(reply, false);
      });
      await delay(1_000);
      const recoveries: number[] = [];
      for (let kill = 0; kill < kills; kill++)
        recoveries.push(await killAndWait(pid, client, question(kill)));
      over = true;
      await load;
      client.close();
      const { answered, serverErrors, dropped, malformed, p95 } = others.figures();
      return {
        kills: recoveries.length,
        sameServer: child.exitCode === null && child.signalCode === null ? 1 : 0,
        answered,
        byWords,
        failed: serverErrors + dropped + malformed,
        p95,
        slowestRecoveryMs: Math.round(Math.max(...recoveries)),
      };
    });
  },
  {
    kills: atLeast(3),
    sameServer: atLeast(1),
    failed: atMost(0),
    slowestRecoveryMs: timed(atMost(2_000)),
  },
);

/** Milliseconds from the kill until another process has answered a question by its meaning. */
async function killAndWait(pid: number, client: Client, question: string): Promise<number> {
  const killed = await modelProcess(pid);
  if (killed === undefined) throw new Error("There is no model process to kill.");
  process.kill(killed, "SIGKILL");
  const begun = performance.now();
  while (performance.now() - begun < 30_000) {
    const { status, body } = await client.ask(question);
    const now = await modelProcess(pid);
    const byMeaning = status === 200 && !isByWords(body);
    if (byMeaning && now !== undefined && now !== killed) {
      const milliseconds = performance.now() - begun;
      await delay(300);
      return milliseconds;
    }
    await delay(10);
  }
  return Number.POSITIVE_INFINITY;
}

function isByWords(body: string): boolean {
  const { searchedBy } = parse(body) ?? {};
  return searchedBy === "words";
}
