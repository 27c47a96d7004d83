import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddingModel } from "../../../src/embed/open-embedding-model.ts";
import { buildIndex } from "../../../src/indexing/build-index.ts";
import { demandsOf, openIndex } from "../../../src/indexing/open-index.ts";
import { describeIndex } from "./describe-index.ts";
import { completeIn } from "./fixed-calibration.ts";
import { RecordedModel } from "./recorded-model.ts";

/** A corpus before and after a change, and what an index of either is: an article goes, another comes, one stays. */
export type SmallCorpus = {
  /** Of all that is here. */
  readonly folder: string;
  readonly before: string;
  readonly after: string;
  /** An index of `before`; to be copied, not to be changed. */
  readonly index: string;
  /** Where the recorded vectors are. */
  readonly vectors: string;
  readonly model: RecordedModel;
  /** What `describeIndex` says of each, whole. */
  readonly whole: { readonly before: string; readonly after: string };
  /** How many passages and sentences the model reads for `after` besides those of `before`. */
  readonly fresh: number;
  /** A sentence that only `before` has, and one that only `after` has. */
  readonly gone: string;
  readonly come: string;
  /** The articles of `after`, and those of `before`. */
  readonly ids: readonly string[];
  readonly idsBefore: readonly string[];
};

/** Makes it from the beginnings of the bundled articles, gives it to `work`, and removes it. */
export async function withSmallCorpus<T>(
  characters: number,
  work: (corpus: SmallCorpus) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "wenju-stress-"));
  try {
    return await work(await make(folder, characters));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function make(folder: string, characters: number): Promise<SmallCorpus> {
  const before = join(folder, "before");
  const after = join(folder, "after");
  const [stays, goes, comes] = (await readdir("corpus")).filter((name) => name.endsWith(".txt"));
  await copyBeginning(stays!, before, characters);
  const gone = await copyBeginning(goes!, before, characters);
  await copyBeginning(stays!, after, characters);
  const come = await copyBeginning(comes!, after, characters);

  const model = RecordedModel.recording(await openEmbeddingModel());
  const index = join(folder, "index");
  const { whole: wholeBefore } = await describeBuilt(before, index, model);
  await cp(index, join(folder, "changed"), { recursive: true });
  const { whole: wholeAfter, embedded: fresh } = await describeBuilt(after, join(folder, "changed"), model);
  const vectors = join(folder, "vectors");
  await model.write(vectors);
  await model.close();
  const whole = { before: wholeBefore, after: wholeAfter };
  const idsOf = (names: string[]) => names.map((name) => name.replace(".txt", "")).sort();
  return {
    ids: idsOf([stays!, comes!]),
    idsBefore: idsOf([stays!, goes!]),
    folder,
    before,
    after,
    index,
    vectors,
    model: await RecordedModel.read(vectors),
    whole,
    fresh,
    gone,
    come,
  };
}

/** Whole lines, and at least one sentence; returns the longest of its lines, which tells it from the others. */
export async function copyBeginning(name: string, folder: string, characters: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const lines = (await readFile(join("corpus", name), "utf8")).split("\n");
  let end = 0;
  for (let length = 0; end < lines.length && length < characters; end++) length += lines[end]!.length;
  const taken = lines.slice(0, end);
  await writeFile(join(folder, name), `${taken.join("\n")}\n`);
  return taken.map((line) => line.trim()).sort((a, b) => b.length - a.length)[0]!;
}

async function describeBuilt(
  corpusFolder: string,
  indexFolder: string,
  model: RecordedModel,
): Promise<{ readonly whole: string; readonly embedded: number }> {
  const complete = completeIn(indexFolder);
  const { embedded } = await buildIndex({ corpusFolder, indexFolder, model, complete });
  const whole = describeIndex(await openIndex(demandsOf(indexFolder, model)));
  return { whole, embedded };
}
