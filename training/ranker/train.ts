import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { openEmbeddingModel } from "../../src/embed/open-embedding-model.ts";
import { WenjuError } from "../../src/errors.ts";
import { type Example, gatherFeatures } from "./gather-features.ts";
import { indexCorpora } from "./index-corpora.ts";
import { listCases } from "./list-cases.ts";
import { fitInThreads } from "./network/fit-in-threads.ts";
import { writeWeights } from "./network/write-weights.ts";
import { prepareCorpora } from "./prepare-corpora.ts";
import { QuantityTeacher } from "./quantities/quantity-teacher.ts";
import { writeQuantityWeights } from "./quantities/write-quantity-weights.ts";
import { readTrainingData, type TrainingData } from "./reading/training-data.ts";

/** The networks are averaged: what one of them makes of a question unlike those it learnt from is partly chance. */
const SEEDS = [1, 2];

/** Where the weights are read, below the repository's `src/`. */
const PLACES = {
  ranker: "answer/ranking/scoring/network/ranker-weights.ts",
  quantities: "question/quantities/quantity-weights.ts",
};

/**
 * Fits the sentence ranker, and what tells it which quantity is asked for, as the command line says; `root` is the repository's.
 * Throws `USAGE` or `QUESTION_SET_INVALID`.
 */
export async function trainRanker(root: string, args: readonly string[]): Promise<void> {
  const { work, out, ...files } = readFlags(root, args);
  const data = await readTrainingData(join(root, "training/ranker/data"), files);
  const folder = work ?? (await mkdtemp(join(tmpdir(), "wenju-ranker-")));
  try {
    const quantityTeacher = new QuantityTeacher(data);
    const right = quantityTeacher.accuracy();
    console.log(`quantities: right for ${(100 * right).toFixed(1)} % of questions left out`);
    const examples = await makeExamples(data, quantityTeacher, folder);
    const networks = await fitInThreads(examples, SEEDS, (seed, epoch, loss) =>
      console.log(`seed ${seed}, epoch ${epoch}: loss ${loss.toFixed(4)}`),
    );
    const quantityWeights = quantityTeacher.teach();
    const places = await makePlaces(out);
    await writeWeights(networks, places.ranker);
    await writeQuantityWeights(quantityWeights, places.quantities);
    console.log(`wrote ${places.ranker} and ${places.quantities}`);
  } finally {
    if (work === undefined) await rm(folder, { recursive: true, force: true });
  }
}

function readFlags(root: string, args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      questions: { type: "string" },
      articles: { type: "string" },
      // where corpora and indexes stay for the next run; a temporary folder else
      work: { type: "string" },
      // instead of `src/`, below which the weights are written
      out: { type: "string", default: join(root, "src") },
    },
  });
  const { questions, articles, work, out } = values;
  if (questions === undefined || articles === undefined) {
    throw new WenjuError(
      "USAGE",
      "Name the files: npm run train:ranker -- --questions FILE --articles FILE (training/ranker/README.md says what they hold).",
    );
  }
  return { questions, articles, work, out };
}

async function makePlaces(folder: string) {
  const ranker = join(folder, PLACES.ranker);
  const quantities = join(folder, PLACES.quantities);
  for (const place of [ranker, quantities]) await mkdir(dirname(place), { recursive: true });
  return { ranker, quantities };
}

async function makeExamples(
  data: TrainingData,
  quantityTeacher: QuantityTeacher,
  folder: string,
): Promise<Example[]> {
  await mkdir(folder, { recursive: true });
  const names = await prepareCorpora(data, join(folder, "corpora"));
  const model = await openEmbeddingModel();
  try {
    const corpora = await indexCorpora(folder, names, model, (name, { passages, seconds }) =>
      console.log(`indexed ${name}: ${passages} passages, ${seconds.toFixed(1)} s`),
    );
    const cases = listCases(data);
    return await gatherFeatures({
      cases,
      corpora,
      model,
      quantityTeacher,
      onProgress: (done) => console.log(`asked ${done} of ${cases.length}`),
    });
  } finally {
    await model.close();
  }
}
