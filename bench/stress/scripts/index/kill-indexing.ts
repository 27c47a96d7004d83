import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { cp, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import type { Answer } from "../../../../src/answer/answer.ts";
import { buildIndex } from "../../../../src/indexing/build-index.ts";
import { VectorJournal } from "../../../../src/indexing/vectors/vector-journal.ts";
import type { DiskStep } from "../../disk/watched-disk.ts";
import { holdsText, isTidy, whichIsServed } from "../../indexing/examine-index.ts";
import { makeHalfDone } from "../../indexing/half-done-index.ts";
import { inParallel } from "../../indexing/in-parallel.ts";
import { RealRuns } from "../../indexing/real-run.ts";
import { type SmallCorpus, withSmallCorpus } from "../../indexing/small-corpus.ts";
import { SmallRuns } from "../../indexing/small-runs.ts";
import { random } from "../../load/random.ts";
import { ask, serve } from "../../support/serving.ts";
import { atLeast, atMost, type Form, stress, timed } from "../../support/stress.ts";

/**
 * kill -9 before every step that an indexing process makes on its disk, in the middle of every write, and at random moments. What it
 * left is then opened, indexed again, and, in part, served by a real `wenju serve`. The long form starts a process for each kill; the
 * short form has one process go on from step to step up to the next write, in which it is killed, and what it would have left before
 * each of these steps is copied while it does nothing.
 */
type Figures = ReturnType<typeof noFigures>;

/** Of the random moments. */
const SEED = 20_261_122;

const noFigures = () => ({
  seed: SEED,
  steps: 0,
  killed: 0,
  survived: 0,
  states: 0,
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
  neverUpToDate: 0,
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
  // two at once, as those that are killed: alone it would come to its end sooner, and no moment would fall into it
  const [{ steps, milliseconds }] = await Promise.all([runToItsEnd(setting), runToItsEnd(setting)]);
  figures.steps = steps.length;
  const stepsInFull = await stepsOfReal(setting);
  figures.stepsUnlikeReal = countUnlike(stepsInFull, steps);
  const kills = killsOf(steps);
  const jobs = [
    ...(long ? kills.map((kill) => [kill]) : inSequences(kills)).map(
      (sequence) => () => killAtEach(setting, sequence, figures),
    ),
    ...momentsWithin(milliseconds, long).map((moment) => () => killAfter(setting, moment, figures)),
  ];
  await inParallel(jobs, 2, (job) => job());
  const rename = 1 + steps.findIndex(({ path }) => path === "manifest.json");
  const served: Kill[] = long
    ? killsOf(stepsInFull)
    : [rename, rename + 1].map((at) => ({ at, what: "kill" }));
  await inParallel(served, 2, (kill) =>
    onCopy(setting, async (indexFolder) => {
      const run = setting.real.start(setting.after, indexFolder, { folder: indexFolder, ...kill });
      count(await run.ended, figures);
      await serveOne(setting, indexFolder, figures);
    }),
  );
  return figures;
}

/** On a copy of the index that every run begins with. */
async function onCopy<T>({ base }: Setting, work: (indexFolder: string) => Promise<T>): Promise<T> {
  const indexFolder = await copyOf(base);
  try {
    return await work(indexFolder);
  } finally {
    await rm(indexFolder, { recursive: true });
  }
}

async function copyOf(indexFolder: string): Promise<string> {
  const copy = `${indexFolder}-${randomBytes(4).toString("hex")}`;
  await cp(indexFolder, copy, { recursive: true });
  return copy;
}

type Kill = { readonly at: number; readonly what: "kill" | "tear" };

/** Before every step, and in the middle of those that have one. */
function killsOf(steps: readonly DiskStep[]): Kill[] {
  return steps.flatMap((step, i): Kill[] => [
    { at: i + 1, what: "kill" },
    ...(hasMiddle(step) ? [{ at: i + 1, what: "tear" } as const] : []),
  ]);
}

/** A file is removed as a whole, a folder file by file. */
function hasMiddle({ kind, path, bytes }: DiskStep): boolean {
  return bytes > 0 || kind === "native" || (kind === "rm" && dirname(path) === "generations");
}

/** Each ends with the middle of a step: no process goes beyond it. */
function inSequences(kills: readonly Kill[]): Kill[][] {
  const sequences: Kill[][] = [[]];
  for (const kill of kills) {
    sequences.at(-1)!.push(kill);
    if (kill.what === "tear") sequences.push([]);
  }
  return sequences.filter(({ length }) => length > 0);
}

/** Milliseconds; drawn, or spread evenly, which so few would not be. */
function momentsWithin(milliseconds: number, long: boolean): number[] {
  const draw = random(SEED);
  return Array.from({ length: long ? 1000 : 4 }, (_, i) => (long ? draw() : i / 4) * milliseconds);
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

/** What one process leaves that is killed at the last of these steps, and what it would have left at each before. */
function killAtEach(setting: Setting, sequence: readonly Kill[], figures: Figures): Promise<void> {
  return onCopy(setting, async (indexFolder) => {
    const { after, vectors, small } = setting;
    const { at, what } = sequence.at(-1)!;
    const alone = sequence.length === 1;
    const plan = { folder: indexFolder, at, what, ...(!alone && { noticeFrom: sequence[0]!.at }) };
    const child = small.start({ corpusFolder: after, indexFolder, vectors, plan });
    const exit = once(child, "exit");
    const said = createInterface(child.stdout!)[Symbol.asyncIterator]();
    await said.next();
    const copies: string[] = [];
    for (const kill of alone ? [] : sequence.filter(({ what }) => what === "kill")) {
      await said.next();
      if (kill.at !== at || what === "tear") copies.push(await copyOf(indexFolder));
      child.stdin!.write("\n");
    }
    const [, signal] = await exit;
    count(signal, figures);
    await examine(setting, indexFolder, figures);
    for (const copy of copies) {
      await examine(setting, copy, figures);
      await rm(copy, { recursive: true });
    }
  });
}

/** Milliseconds after it began; it may have come to its end before. */
function killAfter(setting: Setting, milliseconds: number, figures: Figures): Promise<void> {
  return onCopy(setting, async (indexFolder) => {
    const { after, vectors, small } = setting;
    const child = small.start({ corpusFolder: after, indexFolder, vectors });
    const exit = once(child, "exit");
    await once(createInterface(child.stdout!), "line");
    await setTimeout(milliseconds);
    child.kill("SIGKILL");
    if ((await exit)[1] === "SIGKILL") figures.killed++;
    await examine(setting, indexFolder, figures);
  });
}

function count(end: unknown, figures: Figures): void {
  if (end === "SIGKILL") figures.killed++;
  else figures.survived++;
}

async function examine(corpus: SmallCorpus, indexFolder: string, figures: Figures): Promise<void> {
  const { after, model, fresh, gone } = corpus;
  figures.states++;
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

/** A real start: it answers from the old or the new generation, whole, and indexes meanwhile what the killed one did not. */
async function serveOne(
  { after, come, gone, ids, idsBefore }: SmallCorpus,
  indexFolder: string,
  figures: Figures,
): Promise<void> {
  const begun = performance.now();
  const server = await serve({ corpus: after, index: indexFolder });
  figures.served++;
  try {
    const { status, body } = await ask(server.url, come.slice(0, 200));
    figures.slowestServing = Math.max(figures.slowestServing, Math.round(performance.now() - begun));
    const isOfOne = status === 200 && [idsBefore, ids].some((known) => isWithin(body, known));
    const found = await served(server.url);
    const isWhole = [idsBefore, ids].some((known) => known.join() === found.join());
    if (!isOfOne || !isWhole) {
      figures.servedWrong++;
      console.error(`status ${status}, articles ${found}: ${body}\n${server.said()}`);
    }
    const isDone = async () =>
      (await isTidy(indexFolder, { lockMayStay: true })) && (await served(server.url)).join() === ids.join();
    if (!(await comesTrue(isDone))) {
      figures.neverUpToDate++;
      const files = (await readdir(indexFolder, { recursive: true })).sort();
      console.error(
        `not up to date, articles ${await served(server.url)}, files ${files}:\n${server.said()}`,
      );
    }
    if (await holdsText(indexFolder, gone)) figures.residue++;
  } finally {
    await server.stop();
  }
}

/** Whether an answer names these articles only. */
function isWithin(body: string, ids: readonly string[]): boolean {
  const { citations, related } = JSON.parse(body) as Answer;
  return [...citations, ...related].every(({ articleId }) => ids.includes(articleId));
}

async function served(url: string): Promise<string[]> {
  const { articles } = (await (await fetch(`${url}/api/articles`)).json()) as { articles: { id: string }[] };
  return articles.map(({ id }) => id).sort();
}

/** Looks for a minute. */
async function comesTrue(holds: () => Promise<boolean>): Promise<boolean> {
  for (let looked = 0; looked < 600; looked++) {
    if (await holds()) return true;
    await setTimeout(100);
  }
  return false;
}

await stress("kill-indexing", (form) => withSmallCorpus(900, (corpus) => killAll(corpus, form)), {
  steps: atLeast(40),
  killed: atLeast(20),
  survived: atMost(0),
  states: atLeast(60),
  neitherOldNorNew: atMost(0),
  notWholeAfterRestart: atMost(0),
  embeddedTwice: atMost(0),
  leftovers: atMost(0),
  residue: atMost(0),
  stepsUnlikeReal: atMost(0),
  servedWrong: atMost(0),
  neverUpToDate: atMost(0),
  slowestServing: timed(atMost(3000)),
});
