import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { lockIndex } from "../../../../src/indexing/generation/index-lock.ts";
import { bundleProcess } from "../../indexing/bundle-process.ts";
import { isTidy, whichIsServed } from "../../indexing/examine-index.ts";
import { RealRuns } from "../../indexing/real-run.ts";
import { type SmallCorpus, withSmallCorpus } from "../../indexing/small-corpus.ts";
import { ask, serve } from "../../support/serving.ts";
import { atLeast, atMost, type Form, stress } from "../../support/stress.ts";

/**
 * Two real `wenju index` at once, one of them held in the midst of its work: the other says who has the lock, and a server goes on with
 * the old generation. Then many processes that want the lock all the time, some of which are killed: never two have it, and it never
 * stays with the dead.
 */
type Figures = ReturnType<typeof noFigures>;

const noFigures = () => ({
  refused: 0,
  refusedWrongly: 0,
  served: 0,
  won: 0,
  acquired: 0,
  killed: 0,
  killedAsHolder: 0,
  heldByTwo: 0,
  stuck: 0,
});

async function writeAtOnce(corpus: SmallCorpus, { long }: Form): Promise<Figures> {
  const figures = noFigures();
  await holdOneWriter(corpus, figures);
  await contend(join(corpus.folder, "contended"), long ? 500 : 12, figures);
  return figures;
}

async function holdOneWriter(corpus: SmallCorpus, figures: Figures): Promise<void> {
  const { folder, index, before, after } = corpus;
  const indexFolder = join(folder, "held");
  await cp(index, indexFolder, { recursive: true });
  const real = await RealRuns.in(folder);
  const first = real.start(after, indexFolder, { folder: indexFolder, at: 20, what: "stop" });
  await untilStopped(first.child.pid!);
  const second = real.start(after, indexFolder, { folder: indexFolder });
  const server = serve({ corpus: before, index: indexFolder });
  const code = await second.ended;
  if (code === 1 && second.said.includes(`process ${first.child.pid} on`)) figures.refused++;
  else figures.refusedWrongly++;
  const { url, stop } = await server;
  if ((await ask(url, corpus.gone.slice(0, 100))).status === 200) figures.served++;
  await stop();
  first.child.kill("SIGCONT");
  if ((await first.ended) === 0 && (await isWhole(corpus, indexFolder))) figures.won++;
}

async function isWhole(corpus: SmallCorpus, indexFolder: string): Promise<boolean> {
  return (await whichIsServed(indexFolder, corpus)) === "after" && (await isTidy(indexFolder));
}

async function untilStopped(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (/\) T /.test(await readFile(`/proc/${pid}/stat`, "utf8"))) return;
    await setTimeout(50);
  }
  throw new Error(`process ${pid} did not come to its 20th step`);
}

const CONTENDERS = 4;
const ACQUISITIONS = 50;

async function contend(folder: string, kills: number, figures: Figures): Promise<void> {
  const file = await bundleProcess("lock-contender");
  await mkdir(folder);
  const log = new ContentionLog(join(folder, "log"));
  const start = () =>
    spawn(process.execPath, [file.path, folder], { stdio: ["ignore", "ignore", "inherit"] });
  const contenders = Array.from({ length: CONTENDERS }, start);
  try {
    for (; figures.killed < kills; figures.killed++) {
      const place = figures.killed % CONTENDERS;
      await log.untilHasHeld(contenders[place]!.pid!);
      await setTimeout(Math.random() * 20);
      await kill(contenders[place]!);
      contenders[place] = start();
    }
    for (const { pid } of contenders) await log.untilHasHeld(pid!);
    // how often they come to it while some are killed is the machine's affair
    await log.untilHeld(ACQUISITIONS);
  } catch (error) {
    figures.stuck++;
    console.error(String(error));
  } finally {
    await Promise.all(contenders.map(kill));
    await file.remove();
  }
  figures.acquired = await log.count("+");
  figures.heldByTwo = await log.count("!");
  figures.killedAsHolder = figures.acquired - (await log.count("-"));
  await (await lockIndex(folder)).release();
}

class ContentionLog {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Rejects after half a minute. */
  async untilHasHeld(pid: number): Promise<void> {
    const held = async () => (await this.#text()).includes(`+${pid}\n`);
    if (!(await soon(held))) throw new Error(`process ${pid} never had the lock`);
  }

  /** Rejects where the lock has not been had so many times, by all together, after half a minute. */
  async untilHeld(times: number): Promise<void> {
    const held = async () => (await this.count("+")) >= times;
    if (!(await soon(held))) throw new Error(`the lock was not had ${times} times`);
  }

  async count(sign: string): Promise<number> {
    return (await this.#text()).split(sign).length - 1;
  }

  #text(): Promise<string> {
    return readFile(this.#file, "utf8").catch(() => "");
  }
}

async function soon(condition: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 1500; attempt++) {
    if (await condition()) return true;
    await setTimeout(20);
  }
  return false;
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

await stress("two-writers", (form) => withSmallCorpus(900, (corpus) => writeAtOnce(corpus, form)), {
  refused: atLeast(1),
  refusedWrongly: atMost(0),
  served: atLeast(1),
  won: atLeast(1),
  acquired: atLeast(ACQUISITIONS),
  killed: atLeast(12),
  heldByTwo: atMost(0),
  stuck: atMost(0),
});
