import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { writeCalibration } from "../../../../src/answer/calibration/calibration-store.ts";
import { openEmbeddingModel } from "../../../../src/embed/open-embedding-model.ts";
import { buildIndex } from "../../../../src/indexing/build-index.ts";
import { demandsOf } from "../../../../src/indexing/open-index.ts";
import { type DamageFigures, Damager, noFigures, type Part } from "../../indexing/damager.ts";
import { copyBeginning } from "../../indexing/small-corpus.ts";
import { atLeast, atMost, type Form, stress } from "../../support/stress.ts";

/**
 * Flips bits and cuts ends of every file of an index, exchanges files, and asks for what the index is not. Native code must never be
 * given a file of a generation that is damaged: it is counted what it is given. In processes of their own, whose deaths are counted.
 */
type Ground = Pick<Part, "demands" | "older" | "newer">;

async function damageAll({ long }: Form): Promise<DamageFigures> {
  const folder = await mkdtemp(join(tmpdir(), "wenju-stress-"));
  try {
    const ground = await makeGround(folder);
    const parts = await Promise.all(
      [true, false].map(async (fallback, seed): Promise<Part> => {
        const indexFolder = join(folder, `part-${seed}`);
        await cp(ground.demands.indexFolder, indexFolder, { recursive: true });
        const trials = (long ? 10_000 : 1000) / 2;
        return { ...ground, demands: { ...ground.demands, indexFolder }, trials, seed, fallback };
      }),
    );
    return sum(await Promise.all(parts.map(runPart)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** An index with two generations, both whole. */
async function makeGround(folder: string): Promise<Ground> {
  const corpusFolder = join(folder, "corpus");
  const indexFolder = join(folder, "index");
  const [first, second] = (await readdir("corpus")).filter((name) => name.endsWith(".txt"));
  const model = await openEmbeddingModel();
  await copyBeginning(first!, corpusFolder, 300);
  const older = (await buildIndex({ corpusFolder, indexFolder, model })).generation;
  await copyBeginning(second!, corpusFolder, 300);
  const newer = (await buildIndex({ corpusFolder, indexFolder, model })).generation;
  const outcome = { questions: 100, refused: 0.5 };
  await writeCalibration(indexFolder, newer, { threshold: 0.5, outside: outcome, inside: outcome });
  await model.close();
  return { demands: demandsOf(indexFolder, model), older, newer };
}

async function runPart(part: Part): Promise<DamageFigures> {
  const child = spawn(process.execPath, [process.argv[1]!, PART, JSON.stringify(part)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  const said = await text(child.stdout);
  const [code] = await exit;
  return code === 0 ? (JSON.parse(said) as DamageFigures) : { ...noFigures(), crashes: 1 };
}

const PART = "--part";

function sum(parts: readonly DamageFigures[]): DamageFigures {
  const total = noFigures();
  for (const part of parts) {
    for (const name of Object.keys(total) as (keyof DamageFigures)[]) total[name] += part[name];
  }
  return total;
}

if (process.argv[2] === PART) {
  console.log(JSON.stringify(await new Damager(JSON.parse(process.argv[3]!)).run()));
} else {
  await stress("damaged-files", damageAll, {
    flips: atLeast(1000),
    truncations: atLeast(1000),
    exchanged: atLeast(50),
    missed: atMost(0),
    withoutAdvice: atMost(0),
    reachedNativeCode: atMost(0),
    crashes: atMost(0),
  });
}
