import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { WenjuError } from "../../../../src/errors.ts";
import { buildIndex } from "../../../../src/indexing/build-index.ts";
import { type DiskPlan, type DiskStep, followPlan, stepsTaken, watchDisk } from "../../disk/watched-disk.ts";
import { isTidy, whichIsServed } from "../../indexing/examine-index.ts";
import { completeIn } from "../../indexing/fixed-calibration.ts";
import { inParallel } from "../../indexing/in-parallel.ts";
import { type SmallCorpus, withSmallCorpus } from "../../indexing/small-corpus.ts";
import { MAIN } from "../../support/serving.ts";
import { atLeast, atMost, type Form, stress } from "../../support/stress.ts";

/**
 * A disk that is full after so many bytes, and one on which a step fails: every step, with each code that it can fail with (the short form: one of them in turn). Native code
 * says nothing of it, as it does. Then the real `wenju index` on disks that really are full, too small for a file, or read-only.
 */
type Figures = ReturnType<typeof noFigures>;

const noFigures = () => ({
  steps: 0,
  faults: 0,
  errors: 0,
  unclear: 0,
  silentFailures: 0,
  damaged: 0,
  notWholeAfterwards: 0,
  realDisks: 0,
  realFailures: 0,
});

const CODES: Readonly<Record<string, readonly string[]>> = {
  open: ["EIO", "EACCES", "EROFS", "ENOSPC"],
  write: ["EIO", "ENOSPC"],
  native: ["EIO"],
  sync: ["EIO", "ENOSPC"],
  truncate: ["EIO", "EROFS"],
  rename: ["EIO", "EACCES", "ENOSPC"],
  link: ["EIO", "EACCES", "ENOSPC"],
  mkdir: ["EACCES", "EROFS", "ENOSPC"],
  rm: ["EIO", "EACCES"],
};

async function failAll(corpus: SmallCorpus, { long }: Form): Promise<Figures> {
  const figures = noFigures();
  await watchDisk();
  const steps = await countSteps(corpus);
  figures.steps = steps.length;
  const faults: DiskFault[] = steps.flatMap(({ kind }, i) =>
    (long ? CODES[kind]! : [CODES[kind]![i % CODES[kind]!.length]!]).map((what) => ({ at: i + 1, what })),
  );
  const bytes = steps.reduce((total, step) => total + step.bytes, 0);
  const parts = long ? 200 : 8;
  for (let part = 0; part < parts; part++) faults.push({ room: Math.floor((part / parts) * bytes) });
  faults.push({ room: bytes - 1 });
  for (const fault of faults) await failOne(corpus, fault, figures);
  followPlan();
  await inParallel([fullDisk, limitedFile, readOnlyDisk, foreignFolder], 2, (disk) =>
    runReal(corpus, disk, figures),
  );
  return figures;
}

type DiskFault = Pick<DiskPlan, "at" | "what" | "room">;

async function countSteps({ index, after, model, folder }: SmallCorpus): Promise<readonly DiskStep[]> {
  const indexFolder = join(folder, "counted");
  await cp(index, indexFolder, { recursive: true });
  // as large as the disk is in the cases that follow; native code tells its bytes only so
  followPlan({ folder: indexFolder, room: Number.MAX_SAFE_INTEGER });
  await buildIndex({ corpusFolder: after, indexFolder, model, complete: completeIn(indexFolder) });
  const steps = stepsTaken();
  followPlan();
  return steps;
}

async function failOne(corpus: SmallCorpus, fault: DiskFault, figures: Figures): Promise<void> {
  const { folder, index, after, model } = corpus;
  const indexFolder = join(folder, `fault-${figures.faults++}`);
  await cp(index, indexFolder, { recursive: true });
  followPlan({ folder: indexFolder, ...fault });
  const complete = completeIn(indexFolder);
  const error = await buildIndex({ corpusFolder: after, indexFolder, model, complete }).then(
    () => undefined,
    (error: unknown) => error,
  );
  followPlan();
  const served = await whichIsServed(indexFolder, corpus);
  if (error) figures.errors++;
  if (error && !isClear(error, indexFolder)) report("unclear", fault, error, figures);
  if (!error && served !== "after") report("silentFailures", fault, served, figures);
  if (served === "other") report("damaged", fault, error, figures);
  // as if the process had ended, which it does
  await rm(join(indexFolder, "lock"), { force: true });
  await buildIndex({ corpusFolder: after, indexFolder, model });
  const whole = (await whichIsServed(indexFolder, corpus)) === "after" && (await isTidy(indexFolder));
  if (!whole) report("notWholeAfterwards", fault, error, figures);
  await rm(indexFolder, { recursive: true });
}

function report(figure: keyof Figures, fault: DiskFault, what: unknown, figures: Figures): void {
  figures[figure]++;
  console.error(`${figure}: ${JSON.stringify(fault)}: ${what}`);
}

/** It names the folder, what the disk said, and what to do. */
function isClear(error: unknown, indexFolder: string): boolean {
  if (!(error instanceof WenjuError) || error.code !== "INDEX_NOT_WRITABLE") return false;
  return error.message.includes(indexFolder) && /Check|Free|Name|disk/.test(error.message);
}

/** How to run `wenju index` on a real disk that fails: a shell script, or undefined where this machine cannot make one. */
type RealDisk = (
  corpus: SmallCorpus,
  indexFolder: string,
) => Promise<{ readonly script: string; readonly says: RegExp; readonly uid?: number } | undefined>;

const INDEX = `exec "${process.execPath}" "${MAIN}" index --corpus "$CORPUS" --index "$INDEX"`;

/** Of the size of the old index, and half of it: a file system of its own, in a namespace of its own. */
const fullDisk: RealDisk = async ({ index }) =>
  (await canMount())
    ? {
        script: `unshare -rm sh -c 'cp -r "$INDEX" "$INDEX.kept" && mount -t tmpfs -o size=${await kilobytesOf(index, 1.5)}k none "$INDEX" && cp -r "$INDEX.kept/." "$INDEX" && ${INDEX}'`,
        says: /ENOSPC|not written whole/,
      }
    : undefined;

/** So many times what the files of a folder take. */
async function kilobytesOf(folder: string, times: number): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder, { recursive: true }))
    bytes += (await stat(join(folder, name))).size;
  return Math.ceil((times * bytes) / 1024);
}

/** No vector is new, so that the first file which does not fit is the one that native code writes. */
const limitedFile: RealDisk = async ({ before, folder }) => {
  const renamed = join(folder, "renamed");
  await cp(before, renamed, { recursive: true });
  const [name] = await readdir(renamed);
  await rename(join(renamed, name!), join(renamed, "renamed.txt"));
  return {
    script: `CORPUS="${renamed}"; ulimit -f 8; ${INDEX}`,
    says: /vectors\.hnsw was not written whole/,
  };
};

const readOnlyDisk: RealDisk = async () =>
  (await canMount())
    ? {
        script: `unshare -rm sh -c 'mount --bind "$INDEX" "$INDEX" && mount -o remount,ro,bind "$INDEX" && ${INDEX}'`,
        says: /EROFS/,
      }
    : undefined;

/** The superuser may write anywhere: it runs as nobody. */
const foreignFolder: RealDisk = async (_, indexFolder) => {
  await chmod(indexFolder, 0o555);
  return { script: INDEX, says: /EACCES/, ...(process.getuid?.() === 0 && { uid: 65_534 }) };
};

async function canMount(): Promise<boolean> {
  const [code] = await once(spawn("unshare", ["-rm", "true"], { stdio: "ignore" }), "exit").catch(() => [1]);
  return code === 0;
}

async function runReal(corpus: SmallCorpus, disk: RealDisk, figures: Figures): Promise<void> {
  const indexFolder = join(corpus.folder, `real-${disk.name}`);
  await cp(corpus.index, indexFolder, { recursive: true });
  await chmod(corpus.folder, 0o755);
  const plan = await disk(corpus, indexFolder);
  if (!plan) return;
  figures.realDisks++;
  const child = spawn("bash", ["-c", plan.script], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      LC_ALL: "C",
      CORPUS: corpus.after,
      INDEX: indexFolder,
      XDG_CACHE_HOME: corpus.folder,
    },
    ...(plan.uid !== undefined && { uid: plan.uid }),
  });
  const exit = once(child, "exit");
  const said = await text(child.stderr);
  const [code] = await exit;
  const intact = (await whichIsServed(indexFolder, corpus)) === "before";
  if (code === 1 && plan.says.test(said) && intact) return;
  figures.realFailures++;
  console.error(`${disk.name}: exit code ${code}, ${intact ? "intact" : "not intact"}: ${said}`);
}

await stress("write-faults", (form) => withSmallCorpus(900, (corpus) => failAll(corpus, form)), {
  faults: atLeast(50),
  unclear: atMost(0),
  silentFailures: atMost(0),
  damaged: atMost(0),
  notWholeAfterwards: atMost(0),
  realDisks: atLeast(2),
  realFailures: atMost(0),
});
