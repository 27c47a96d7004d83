import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { buildIndex } from "../../../src/indexing/build-index.ts";
import { VectorJournal } from "../../../src/indexing/vectors/vector-journal.ts";
import type { DiskPlan, DiskStep } from "../disk/watched-disk.ts";
import { holdsText, isTidy, whichIsServed } from "../indexing/examine-index.ts";
import { makeHalfDone } from "../indexing/half-done-index.ts";
import { inParallel } from "../indexing/in-parallel.ts";
import { RealRuns } from "../indexing/real-run.ts";
import { type SmallCorpus, withSmallCorpus } from "../indexing/small-corpus.ts";
import { SmallRuns } from "../indexing/small-runs.ts";
import { ask, serve } from "../support/serving.ts";
import { atLeast, atMost, type Form, stress, timed } from "../support/stress.ts";

/**
 * kill -9 before every step that an indexing process makes on its disk, in the middle of every write, and at random moments. What it
 * left is then opened, indexed again, and, in part, served by a real `wenju serve`.
 */
type Figures = ReturnType<typeof noFigures>;

const noFigures = () => ({
  steps: 0,
  killed: 0,
  servesOld: 0,
  servesNew: 0,
  neitherOldNorNew: 0,
  notWholeAfterRestart: 0,
  embeddedTwice: 0,
  leftovers: 0,
  residue: 0,
  stepsUnlikeReal: 0,
  served: 0,
  servedWrong: 0,
  slowestServing: 0,
});

type Setting = SmallCorpus & { readonly base: string; readonly small: SmallRuns; readonly real: RealRuns };

async function killAll(corpus: SmallCorpus, { long }: Form): Promise<Figures> {
  const base = join(corpus.folder, "base");
  await makeHalfDone(corpus, base);
  const small = await SmallRuns.open();
  try {
    return await killEach({ ...corpus, base, small, real: await RealRuns.in(corpus.folder) }, long);
  } finally {
    await small.close();
  }
}

async function killEach(setting: Setting, long: boolean): Promise<Figures> {
  const figures = noFigures();
  const { steps, milliseconds } = await runToItsEnd(setting);
  figures.steps = steps.length;
  const count = long ? 1000 : 4;
  // spread evenly, which so few drawn at random would not be
  const moments = Array.from({ length: count }, (_, i) => (i / count) * milliseconds);
  const stepsInFull = await stepsOfReal(setting);
  figures.stepsUnlikeReal = countUnlike(stepsInFull, steps);
  await inParallel([...killsOf(steps), ...moments], 2, (kill) =>
    onCopy(setting, async (indexFolder) => {
      if (await killOne(setting, indexFolder, kill)) figures.killed++;
      await examine(setting, indexFolder, figures);
    }),
  );
  const rename = 1 + steps.findIndex(({ path }) => path === "manifest.json");
  const served = long ? killsOf(stepsInFull) : [rename, rename + 1].map((at) => ({ at, what: "kill" }));
  await inParallel(served, 2, (kill) =>
    onCopy(setting, async (indexFolder) => {
      const run = setting.real.start(setting.after, indexFolder, { folder: indexFolder, ...kill });
      if ((await run.ended) === "SIGKILL") figures.killed++;
      await serveOne(setting, indexFolder, figures);
    }),
  );
  return figures;
}

/** On a copy of the index that every run begins with. */
async function onCopy<T>({ base }: Setting, work: (indexFolder: string) => Promise<T>): Promise<T> {
  const indexFolder = `${base}-${randomBytes(4).toString("hex")}`;
  await cp(base, indexFolder, { recursive: true });
  try {
    return await work(indexFolder);
  } finally {
    await rm(indexFolder, { recursive: true });
  }
}

type Kill = Pick<DiskPlan, "at" | "what">;

/** Before every step, and in the middle of those that have one. */
function killsOf(steps: readonly DiskStep[]): Kill[] {
  return steps.flatMap(({ kind, bytes }, i) => [
    { at: i + 1, what: "kill" },
    ...(bytes > 0 || kind === "native" || kind === "rm" ? [{ at: i + 1, what: "tear" }] : []),
  ]);
}

function runToItsEnd(setting: Setting): Promise<{ steps: readonly DiskStep[]; milliseconds: number }> {
  const { after, vectors, small } = setting;
  return onCopy(setting, async (indexFolder) => {
    const child = small.start({ corpusFolder: after, indexFolder, vectors });
    const lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
    await lines.next();
    const begun = performance.now();
    const { value } = await lines.next();
    return { steps: JSON.parse(value).steps, milliseconds: performance.now() - begun };
  });
}

function stepsOfReal(setting: Setting): Promise<DiskStep[]> {
  return onCopy(setting, async (indexFolder) => {
    const run = setting.real.start(setting.after, indexFolder, { folder: indexFolder });
    if ((await run.ended) !== 0) throw new Error(run.said);
    return run.steps();
  });
}

/** How many steps of the real `wenju index`, up to where it gives up its lock, are others than those that are killed here. */
function countUnlike(theirs: readonly DiskStep[], ours: readonly DiskStep[]): number {
  const name = ({ kind, path }: DiskStep) => `${kind} ${path.replace(/[0-9a-f]{6,}|T\d+/g, "*")}`;
  const last = theirs.findLastIndex(({ kind, path }) => kind === "rm" && path === "lock");
  const unlike = theirs.slice(0, last + 1).filter((step, i) => !ours[i] || name(step) !== name(ours[i]));
  return unlike.length + Math.abs(last + 1 - ours.length);
}

/** At a step, or so many milliseconds after it began. */
async function killOne(
  { after, vectors, small }: Setting,
  indexFolder: string,
  kill: Kill | number,
): Promise<boolean> {
  const plan = { folder: indexFolder, ...(typeof kill === "number" ? {} : kill) };
  const child = small.start({ corpusFolder: after, indexFolder, vectors, plan });
  const exit = once(child, "exit");
  if (typeof kill === "number") {
    await once(createInterface(child.stdout!), "line");
    await setTimeout(kill);
    child.kill("SIGKILL");
  }
  const [, signal] = await exit;
  return signal === "SIGKILL";
}

async function examine(corpus: SmallCorpus, indexFolder: string, figures: Figures): Promise<void> {
  const { after, model, fresh, gone } = corpus;
  const served = await whichIsServed(indexFolder, corpus);
  if (served === "before") figures.servesOld++;
  else if (served === "after") figures.servesNew++;
  else figures.neitherOldNorNew++;

  const kept = (await VectorJournal.open(indexFolder, model)).found.size;
  const { embedded } = await buildIndex({ corpusFolder: after, indexFolder, model });
  figures.embeddedTwice += Math.max(0, embedded - (served === "after" ? 0 : fresh - kept));
  if ((await whichIsServed(indexFolder, corpus)) !== "after") figures.notWholeAfterRestart++;
  if (!(await isTidy(indexFolder))) figures.leftovers++;
  if (await holdsText(indexFolder, gone)) figures.residue++;
}

/** A real start, which indexes what the killed one did not, and answers from it. */
async function serveOne(
  { after, come, ids }: SmallCorpus,
  indexFolder: string,
  figures: Figures,
): Promise<void> {
  const begun = performance.now();
  const server = await serve({ corpus: after, index: indexFolder });
  try {
    const { status } = await ask(server.url, come.slice(0, 200));
    figures.slowestServing = Math.max(figures.slowestServing, Math.round(performance.now() - begun));
    const { articles } = (await (await fetch(`${server.url}/api/articles`)).json()) as {
      articles: { id: string }[];
    };
    const found = articles.map(({ id }) => id).sort();
    figures.served++;
    if (status !== 200 || found.join() !== ids.join()) figures.servedWrong++;
  } finally {
    await server.stop();
  }
}

await stress("kill-indexing", (form) => withSmallCorpus(900, (corpus) => killAll(corpus, form)), {
  steps: atLeast(40),
  killed: atLeast(60),
  neitherOldNorNew: atMost(0),
  notWholeAfterRestart: atMost(0),
  embeddedTwice: atMost(0),
  leftovers: atMost(0),
  residue: atMost(0),
  stepsUnlikeReal: atMost(0),
  servedWrong: atMost(0),
  slowestServing: timed(atMost(3000)),
});
