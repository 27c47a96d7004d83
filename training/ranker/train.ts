import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openEmbeddingModel } from "../../src/embed/open-embedding-model.ts";
import { WenjuError } from "../../src/errors.ts";
import { type Example, gatherFeatures } from "./gather-features.ts";
import { indexCorpora } from "./index-corpora.ts";
import { listCases } from "./list-cases.ts";
import { fitNetwork } from "./network/fit-network.ts";
import { writeWeights } from "./network/write-weights.ts";
import { prepareCorpora } from "./prepare-corpora.ts";
import { readTrainingData, type TrainingData } from "./reading/training-data.ts";

/** The networks are averaged: what one of them makes of a question unlike those it learnt from is partly chance. */
const SEEDS = [1, 2, 3, 4];

/** Fits the sentence ranker as the command line says; `root` is the repository's. Throws `USAGE` or `QUESTION_SET_INVALID`. */
export async function trainRanker(root: string, args: readonly string[]): Promise<void> {
  const { work, out, ...files } = readFlags(root, args);
  const data = await readTrainingData(join(root, "training/ranker/data"), files);
  const folder = work ?? (await mkdtemp(join(tmpdir(), "wenju-ranker-")));
  try {
    const examples = await makeExamples(data, folder);
    const networks = SEEDS.map((seed) =>
      fitNetwork(examples, { seed, onEpoch: (epoch, loss) => tell(`seed ${seed}, epoch ${epoch}`, loss) }),
    );
    await writeWeights(networks, out);
    console.log(`wrote ${out}`);
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
      out: { type: "string", default: join(root, "src/answer/ranking/scoring/ranker-weights.ts") },
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

async function makeExamples(data: TrainingData, folder: string): Promise<Example[]> {
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
      onProgress: (done) => console.log(`asked ${done} of ${cases.length}`),
    });
  } finally {
    await model.close();
  }
}

function tell(what: string, loss: number): void {
  console.log(`${what}: loss ${loss.toFixed(4)}`);
}
