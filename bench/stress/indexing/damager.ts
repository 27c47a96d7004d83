import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readCalibration } from "../../../src/answer/calibration/calibration-store.ts";
import { WenjuError } from "../../../src/errors.ts";
import { fileFacts, GENERATION_FILES, INDEX_FORMAT } from "../../../src/indexing/generation/generation.ts";
import { findPastGenerations } from "../../../src/indexing/generation/past-generations.ts";
import { sealJson, unsealJson } from "../../../src/indexing/generation/sealed-json.ts";
import { type IndexDemands, openIndex } from "../../../src/indexing/open-index.ts";

/** An index with two whole generations, and what is done to it: with `fallback`, the older one may be used. */
export type Part = {
  readonly demands: IndexDemands;
  readonly older: string;
  readonly newer: string;
  readonly fallback: boolean;
  readonly trials: number;
  readonly seed: number;
};

export type DamageFigures = ReturnType<typeof noFigures>;

const CALIBRATION = "calibration.json";

export const noFigures = () => ({
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

/** Damages an index in every way, and counts what comes of it. */
export class Damager {
  readonly figures = noFigures();
  readonly #part: Part;
  readonly #random: () => number;
  readonly #native: string[] = [];

  constructor(part: Part) {
    this.#part = part;
    this.#random = seededRandom(part.seed + 1);
    this.#watchNativeCode();
  }

  async run(): Promise<DamageFigures> {
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

  /** Of the generation in use, and what names it; all of them relative to the index folder. */
  #files(): string[] {
    const generation = ["generation.json", CALIBRATION, ...Object.values(GENERATION_FILES)];
    const { newer } = this.#part;
    return [...generation.map((name) => join("generations", newer, name)), "manifest.json"];
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
    if (name.endsWith(CALIBRATION)) return (await readCalibration(indexFolder, newer)) === undefined;
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
      for (const change of [{ format: INDEX_FORMAT + 1 }, { format: INDEX_FORMAT - 1 }]) {
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
