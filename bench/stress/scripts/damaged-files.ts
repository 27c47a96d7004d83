import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { readCalibration, writeCalibration } from "../../../src/answer/calibration/calibration-store.ts";
import { openEmbeddingModel } from "../../../src/embed/open-embedding-model.ts";
import { WenjuError } from "../../../src/errors.ts";
import { buildIndex } from "../../../src/indexing/build-index.ts";
import { fileFacts, GENERATION_FILES } from "../../../src/indexing/generation/generation.ts";
import { findPastGenerations } from "../../../src/indexing/generation/past-generations.ts";
import { sealJson, unsealJson } from "../../../src/indexing/generation/sealed-json.ts";
import { type IndexDemands, openIndex } from "../../../src/indexing/open-index.ts";
import { copyBeginning } from "../support/small-corpus.ts";
import { atLeast, atMost, type Form, stress } from "../support/stress.ts";

/**
 * Flips bits and cuts ends of every file of an index, exchanges files, and asks for what the index is not. Native code must never be
 * given a file of a generation that is damaged: it is counted what it is given. In processes of their own, whose deaths are counted.
 */
type Ground = { readonly demands: IndexDemands; readonly older: string; readonly newer: string };
type Part = Ground & { readonly trials: number; readonly seed: number; readonly fallback: boolean };
type Figures = ReturnType<typeof noFigures>;

const noFigures = () => ({
  flips: 0,
  truncations: 0,
  exchanged: 0,
  refusals: 0,
  forged: 0,
  caught: 0,
  missed: 0,
  fellBack: 0,
  refused: 0,
  withoutAdvice: 0,
  reachedNativeCode: 0,
  crashes: 0,
});

async function damageAll({ long }: Form): Promise<Figures> {
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
  return { demands: { indexFolder, modelId: model.id, dimensions: model.dimensions }, older, newer };
}

async function runPart(part: Part): Promise<Figures> {
  const child = spawn(process.execPath, [process.argv[1]!, PART, JSON.stringify(part)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  const said = await text(child.stdout);
  const [code] = await exit;
  return code === 0 ? (JSON.parse(said) as Figures) : { ...noFigures(), crashes: 1 };
}

const PART = "--part";

function sum(parts: readonly Figures[]): Figures {
  const total = noFigures();
  for (const part of parts) {
    for (const name of Object.keys(total) as (keyof Figures)[]) total[name] += part[name];
  }
  return total;
}

/** What one process does. */
class Damager {
  readonly figures = noFigures();
  readonly #part: Part;
  readonly #random: () => number;
  readonly #native: string[] = [];

  constructor(part: Part) {
    this.#part = part;
    this.#random = seededRandom(part.seed + 1);
    this.#watchNativeCode();
  }

  async run(): Promise<Figures> {
    if (!this.#part.fallback) {
      const { older } = this.#part;
      await rm(this.#file(older, "."), { recursive: true });
    }
    const files = this.#files();
    for (let trial = 0; trial < this.#part.trials; trial++) {
      const name = files[trial % files.length]!;
      await this.#damage(name, (bytes) => {
        bytes[Math.floor(this.#random() * bytes.length)]! ^= 1 << Math.floor(this.#random() * 8);
        return bytes;
      });
      this.figures.flips++;
      await this.#damage(name, (bytes) => bytes.subarray(0, Math.floor(this.#random() * bytes.length)));
      this.figures.truncations++;
    }
    if (this.#part.fallback) await this.#exchangeAll();
    await this.#refuseAll();
    await this.#forgeAll();
    return this.figures;
  }

  /** Of the generation in use, and those beside it; all of them relative to the index folder. */
  #files(): string[] {
    const generation = ["generation.json", ...Object.values(GENERATION_FILES)];
    const { newer } = this.#part;
    return [
      ...generation.map((name) => join("generations", newer, name)),
      "manifest.json",
      "calibration.json",
    ];
  }

  async #damage(name: string, change: (bytes: Buffer) => Uint8Array): Promise<void> {
    const file = join(this.#part.demands.indexFolder, name);
    const whole = await readFile(file);
    const changed = change(Buffer.from(whole));
    if (whole.equals(changed)) throw new Error(`${name} was not changed`);
    await writeFile(file, changed);
    await this.#expectCaught(name);
    await writeFile(file, whole);
  }

  async #expectCaught(name: string): Promise<void> {
    if (await this.#isCaught(name)) this.figures.caught++;
    else {
      this.figures.missed++;
      console.error(`missed: ${name}`);
    }
  }

  async #isCaught(name: string): Promise<boolean> {
    const { demands, newer, older, fallback } = this.#part;
    const { indexFolder } = demands;
    if (name === "calibration.json") return (await readCalibration(indexFolder, newer)) === undefined;
    // what only indexing reads is looked at by indexing only
    if (name.endsWith(GENERATION_FILES.embeddings))
      return (await findPastGenerations(indexFolder)).current === undefined;
    const opened = await this.#open();
    if (name === "manifest.json") return opened.generation === newer && opened.warnings > 0;
    if (this.#native.some((file) => file.includes(newer))) this.figures.reachedNativeCode++;
    return fallback
      ? opened.generation === older && opened.warnings > 0
      : opened.error?.code === "INDEX_CORRUPT";
  }

  async #open(demands: Partial<IndexDemands> = {}) {
    this.#native.length = 0;
    let warnings = 0;
    const advise = ({ message }: WenjuError) => {
      if (!message.includes("npx wenju index")) this.figures.withoutAdvice++;
    };
    const onWarning = (warning: WenjuError) => {
      warnings++;
      advise(warning);
    };
    try {
      const { generation } = await openIndex({ ...this.#part.demands, ...demands, onWarning });
      if (warnings > 0) this.figures.fellBack++;
      return { generation, warnings, error: undefined };
    } catch (error) {
      if (!(error instanceof WenjuError)) throw error;
      this.figures.refused++;
      advise(error);
      return { generation: undefined, warnings, error };
    }
  }

  /** Files of the same name between generations, of different names within one, and the generations as a whole. */
  async #exchangeAll(): Promise<void> {
    const { older, newer } = this.#part;
    const names = ["generation.json", ...Object.values(GENERATION_FILES)];
    const pairs = names.flatMap((name) => [
      [name, this.#file(older, name)] as const,
      ...names.filter((other) => other !== name).map((other) => [name, this.#file(newer, other)] as const),
    ]);
    for (const [name, other] of pairs) {
      const bytes = await readFile(other);
      await this.#damage(join("generations", newer, name), () => bytes);
      this.figures.exchanged++;
    }
    await this.#exchangeFolders();
    const opened = await this.#open();
    if (opened.error?.code === "INDEX_CORRUPT") this.figures.caught++;
    else this.figures.missed++;
    this.figures.exchanged++;
    await this.#exchangeFolders();
  }

  async #exchangeFolders(): Promise<void> {
    const [a, b] = [this.#file(this.#part.older, "."), this.#file(this.#part.newer, ".")];
    await rename(a, `${a}-aside`);
    await rename(b, a);
    await rename(`${a}-aside`, b);
  }

  async #refuseAll(): Promise<void> {
    const asked: Partial<IndexDemands>[] = [
      { modelId: "bge-small-zh-v1.5" },
      { dimensions: 512 },
      { options: { maxPassageLength: 100 } },
    ];
    for (const demands of asked) this.#expectMismatch(await this.#open(demands));
    const { newer } = this.#part;
    for (const name of ["manifest.json", join("generations", newer, "generation.json")]) {
      for (const change of [{ format: 2 }, { format: 0 }]) {
        await this.#reseal(name, change, async () => this.#expectMismatch(await this.#open()));
      }
    }
    for (const change of [{ modelId: "another" }, { dimensions: 512 }, { options: "another" }]) {
      const name = join("generations", newer, "generation.json");
      await this.#reseal(name, change, async () => this.#expectMismatch(await this.#open()));
    }
  }

  #expectMismatch({ error }: { readonly error: WenjuError | undefined }): void {
    this.figures.refusals++;
    if (error?.code === "INDEX_MISMATCH" && this.#native.length === 0) this.figures.caught++;
    else this.figures.missed++;
  }

  /** A graph that is damaged and whose hash is right, as no disk makes it: it must not crash what opens and searches it. */
  async #forgeAll(): Promise<void> {
    const { newer, demands } = this.#part;
    const file = this.#file(newer, GENERATION_FILES.vectors);
    const whole = await readFile(file);
    for (let trial = 0; trial < this.#part.trials / 5; trial++) {
      const bytes = Buffer.from(whole);
      bytes[Math.floor(this.#random() * bytes.length)]! ^= 1 << Math.floor(this.#random() * 8);
      await writeFile(file, bytes);
      const facts = this.#facts(await readFile(this.#file(newer, "generation.json"), "utf8"));
      const files = { ...facts.files, [GENERATION_FILES.vectors]: fileFacts(bytes) };
      await this.#reseal(join("generations", newer, "generation.json"), { files }, async () => {
        const index = await openIndex(demands).catch(() => undefined);
        const direction = Array.from({ length: demands.dimensions }, () => this.#random() - 0.5);
        index?.vectors.search(direction, 10);
        this.figures.forged++;
      });
    }
    await writeFile(file, whole);
  }

  async #reseal(name: string, change: object, work: () => Promise<void>): Promise<void> {
    const file = join(this.#part.demands.indexFolder, name);
    const whole = await readFile(file, "utf8");
    await writeFile(file, sealJson({ ...this.#facts(whole), ...change }));
    await work();
    await writeFile(file, whole);
  }

  #facts(sealed: string): { readonly files?: object } {
    return unsealJson(sealed) as { readonly files?: object };
  }

  #file(generation: string, name: string): string {
    return join(this.#part.demands.indexFolder, "generations", generation, name);
  }

  #watchNativeCode(): void {
    const hnswlib = createRequire(join(process.cwd(), "package.json"))(
      "hnswlib-node",
    ) as typeof import("hnswlib-node");
    const given = this.#native;
    class Watched extends hnswlib.HierarchicalNSW {
      override readIndex(file: string, allow?: boolean): Promise<boolean> {
        given.push(file);
        return super.readIndex(file, allow);
      }
    }
    Object.assign(hnswlib, { HierarchicalNSW: Watched });
  }
}

/** Numbers from 0 to 1 by the linear congruential generator of Numerical Recipes. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
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
