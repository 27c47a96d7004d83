import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { WenjuError } from "../../../../src/errors.ts";
import { buildIndex } from "../../../../src/indexing/build-index.ts";
import { VectorJournal } from "../../../../src/indexing/vectors/vector-journal.ts";
import { followPlan, stepsTaken, watchDisk } from "../../disk/watched-disk.ts";
import { isTidy, whichIsServed } from "../../indexing/examine-index.ts";
import { RealRuns } from "../../indexing/real-run.ts";
import { type SmallCorpus, withSmallCorpus } from "../../indexing/small-corpus.ts";
import { atLeast, atMost, stress } from "../../support/stress.ts";

/**
 * Indexing that is interrupted at every step it makes on its disk, and by real signals to the real `wenju index`: nothing stays behind
 * but the vectors that were made, and none of these is made again.
 */
type Figures = ReturnType<typeof noFigures>;

const noFigures = () => ({
  steps: 0,
  interrupted: 0,
  finished: 0,
  failed: 0,
  damaged: 0,
  leftBehind: 0,
  kept: 0,
  embeddedTwice: 0,
  notWholeAfterwards: 0,
  signals: 0,
  signalsMissed: 0,
  keptBySignals: 0,
  embeddedTwiceBySignals: 0,
});

async function interruptAll(corpus: SmallCorpus): Promise<Figures> {
  const figures = noFigures();
  await watchDisk();
  for (let at = 1; await interruptOne(corpus, at, figures); at++) figures.steps = at;
  const real = await RealRuns.in(corpus.folder);
  await Promise.all(
    (["SIGINT", "SIGTERM"] as const).map((signal) => signalOne(corpus, signal, real, figures)),
  );
  return figures;
}

/** False where there is no such step. */
async function interruptOne(corpus: SmallCorpus, at: number, figures: Figures): Promise<boolean> {
  const { folder, index, after, model, fresh } = corpus;
  const indexFolder = join(folder, `interrupted-${at}`);
  await cp(index, indexFolder, { recursive: true });
  const ending = new AbortController();
  followPlan({ folder: indexFolder, at, what: "notice" }, () => ending.abort());
  let made = 0;
  const error = await buildIndex({
    corpusFolder: after,
    indexFolder,
    model,
    signal: ending.signal,
    onProgress: ({ stage, done }) => {
      if (stage === "embedding") made = done;
    },
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const happened = stepsTaken().length >= at;
  followPlan();
  if (happened) {
    if (!error) figures.finished++;
    else if (error instanceof WenjuError && error.code === "ABORTED") figures.interrupted++;
    else figures.failed++;
    await examine(corpus, indexFolder, made, figures);
    const { embedded } = await buildIndex({ corpusFolder: after, indexFolder, model });
    figures.embeddedTwice += Math.abs(made + embedded - fresh);
    const whole = (await whichIsServed(indexFolder, corpus)) === "after" && (await isTidy(indexFolder));
    if (!whole) figures.notWholeAfterwards++;
  }
  await rm(indexFolder, { recursive: true });
  return happened;
}

async function examine(
  corpus: SmallCorpus,
  indexFolder: string,
  made: number,
  figures: Figures,
): Promise<void> {
  if ((await whichIsServed(indexFolder, corpus)) === "other") figures.damaged++;
  const kept = (await VectorJournal.open(indexFolder, corpus.model)).found.size;
  if (kept > 0) figures.kept++;
  if (kept > made) figures.leftBehind++;
  if (!(await isTidyBesidesJournal(indexFolder))) figures.leftBehind++;
}

async function isTidyBesidesJournal(indexFolder: string): Promise<boolean> {
  const names = (await readdir(indexFolder)).filter((name) => name !== "vectors.journal").sort();
  const generations = await readdir(join(indexFolder, "generations"));
  return names.join() === "generations,manifest.json" && generations.length === 1;
}

/** All bundled articles, and the real model: long enough to be interrupted in the midst. */
async function signalOne(
  { folder, model }: SmallCorpus,
  signal: "SIGINT" | "SIGTERM",
  real: RealRuns,
  figures: Figures,
): Promise<void> {
  const indexFolder = join(folder, signal);
  const run = real.start("corpus", indexFolder, { folder: indexFolder });
  await run.says(/Embedding \d/);
  run.child.kill(signal);
  const code = await run.ended;
  figures.signals++;
  const names = await readdir(indexFolder).catch(() => []);
  const expected = signal === "SIGINT" ? 130 : 143;
  if (code !== expected || names.filter((name) => name !== "generations").join() !== "vectors.journal") {
    figures.signalsMissed++;
    console.error(`${signal}: exit code ${code}, left ${names}: ${run.said}`);
  }
  const kept = (await VectorJournal.open(indexFolder, model)).found.size;
  const told = Number(/(\d+)\/\d+\s*(?:Interrupted|$)/.exec(run.said.trim())?.[1] ?? 0);
  figures.keptBySignals += kept;
  const second = real.start("corpus", indexFolder, { folder: indexFolder });
  await second.ended;
  const [, made, reused] = /; (\d+) vectors made, (\d+) kept/.exec(second.said) ?? [];
  // what was told as done, and what was kept on the disk, is not made again
  if (Number(reused) !== kept || kept < told || !(Number(made) >= 0)) figures.embeddedTwiceBySignals++;
}

await stress("interrupted-indexing", () => withSmallCorpus(900, interruptAll), {
  steps: atLeast(40),
  interrupted: atLeast(20),
  failed: atMost(0),
  damaged: atMost(0),
  leftBehind: atMost(0),
  kept: atLeast(10),
  embeddedTwice: atMost(0),
  notWholeAfterwards: atMost(0),
  signals: atLeast(2),
  signalsMissed: atMost(0),
  keptBySignals: atLeast(2),
  embeddedTwiceBySignals: atMost(0),
});
