import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client, isAnswer } from "../../load/client.ts";
import { readQuestions, type ServedCorpus, withServedCorpus } from "../../load/served-corpus.ts";
import { atLeast, atMost, stress, timed } from "../../support/stress.ts";

const TOKEN = "stress-stress-stress";

/** How late the event loop of a server runs while articles are added and removed, and what is made of them is opened. */
await stress(
  "reindex-delay",
  async ({ long }) => {
    const question = await readQuestions();
    const options = {
      passages: long ? 10_000 : 200,
      flags: ["--watch"],
      environment: { WENJU_ADMIN_TOKEN: TOKEN },
    };
    return withServedCorpus(options, async (served) => {
      const client = new Client(served.url);
      const file = join(served.corpus, "zz-new.txt");
      const renewals = long ? 6 : 1;
      let answered = 0;
      let failed = 0;
      let isOver = false;
      const asking = (async () => {
        for (let number = 0; !isOver; number++) {
          const reply = await client.ask(question(number));
          if (isAnswer(reply, false)) answered++;
          else failed++;
          await delay(50);
        }
      })();
      try {
        await whenCurrent(served);
        for (let number = 0; number < (long ? 100 : 10); number++) await client.ask(question(number)); // fills what is remembered
        const before = await served.observe();
        const begun = performance.now();
        for (let renewal = 0; renewal < renewals; renewal++) {
          const add = () => writeFile(file, `新文章${renewal}\n\n医院今天新添了一台手术机器人。\n`);
          await whenRenewed(served, renewal % 2 === 0 ? add : () => rm(file));
        }
        const { delays, live: left } = await served.observe();
        return {
          passages: (await statusOf(served)).passages,
          renewals,
          secondsEach: round((performance.now() - begun) / 1000 / renewals),
          answered,
          failed,
          loopDelayP50: round(delays.p50),
          loopDelayP99: round(delays.p99),
          loopDelayMax: round(delays.max),
          memoryGrowthPercent: round(((left - before.live) / before.live) * 100),
        };
      } finally {
        isOver = true;
        await asking;
        client.close();
        await rm(file, { force: true });
      }
    });
  },
  {
    answered: atLeast(5),
    failed: atMost(0),
    loopDelayP99: timed(atMost(50)),
    memoryGrowthPercent: timed(atMost(10)),
  },
);

type Status = { readonly state: string; readonly generation: string; readonly passages: number };

async function statusOf({ url }: ServedCorpus): Promise<Status> {
  const response = await fetch(`${url}/api/admin/status`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return (await response.json()) as Status;
}

async function whenRenewed(served: ServedCorpus, change: () => Promise<void>): Promise<void> {
  const before = await statusOf(served);
  await change();
  for (let tries = 0; tries < 3_000; tries++) {
    const { state, generation } = await statusOf(served);
    if (state === "current" && generation !== before.generation) return;
    await delay(100);
  }
  throw new Error("No other edition comes.");
}

async function whenCurrent(served: ServedCorpus): Promise<void> {
  for (let tries = 0; tries < 3_000; tries++) {
    if ((await statusOf(served)).state === "current") return;
    await delay(100);
  }
  throw new Error("The index does not come to rest.");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
