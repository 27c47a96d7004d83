// node bench/indexing.mjs [passages]: how long it takes to index, to index again and to open, after npm run build.
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCorpus } from "../dist/corpus/read-corpus.js";
import { openEmbeddingModel } from "../dist/embed/open-embedding-model.js";
import { buildIndex } from "../dist/indexing/build-index.js";
import { checkIndex } from "../dist/indexing/check-index.js";
import { openIndex } from "../dist/indexing/open-index.js";
import { writeLargeCorpus } from "./large-corpus.mjs";

const BUNDLED = fileURLToPath(new URL("../corpus", import.meta.url));
const QUERIES = 200;

const folder = await mkdtemp(join(tmpdir(), "wenju-bench-"));
const { value: model, seconds: openModel } = await timed(() => openEmbeddingModel());
try {
  print({ what: "model", openModel, ...(await embeddingFigures()) });
  print({ what: "bundled corpus", ...(await indexingFigures(BUNDLED, join(folder, "small"))) });
  const passages = Number(process.argv[2] ?? 10_000);
  const corpus = await writeLargeCorpus(join(folder, "corpus"), passages, BUNDLED);
  print({ what: "large corpus", ...(await indexingFigures(corpus, join(folder, "large"))) });
  await writeFile(join(corpus, "新.txt"), "新文章\n\n医院今天新添了一台手术机器人。\n");
  const changed = await timed(() =>
    buildIndex({ corpusFolder: corpus, indexFolder: join(folder, "large"), model }),
  );
  print({ what: "one article more", seconds: changed.seconds, embedded: changed.value.embedded });
} finally {
  await model.close();
  await rm(folder, { recursive: true, force: true });
}

async function embeddingFigures() {
  const { articles } = await readCorpus(BUNDLED);
  const text = articles.map((article) => article.text).join("\n");
  const passages = Array.from({ length: 400 }, (_, i) =>
    text.slice((i * 61) % 15_000, ((i * 61) % 15_000) + 250),
  );
  await model.embedDocuments(passages);
  const { seconds } = await timed(() => model.embedDocuments(passages));
  const times = [];
  for (let i = 0; i < QUERIES; i++) {
    times.push(
      (await timed(() => model.embedQuery(`株洲支援黄冈医疗队第${i}批治愈出院多少例患者？`))).seconds * 1000,
    );
  }
  return { passagesASecond: passages.length / seconds, queryMilliseconds: spread(times) };
}

async function indexingFigures(corpusFolder, indexFolder) {
  const demands = { indexFolder, modelId: model.id, dimensions: model.dimensions };
  const { value: report } = await timed(() => buildIndex({ corpusFolder, indexFolder, model }));
  const again = await timed(() => buildIndex({ corpusFolder, indexFolder, model }));
  const check = await timed(() => checkIndex({ ...demands, corpusFolder }));
  const { value: index, seconds: open } = await timed(() => openIndex(demands));
  const times = [];
  for (let i = 0; i < QUERIES; i++) {
    const vector = await model.embedQuery(index.passages[(i * 37) % index.passages.length].text.slice(0, 20));
    times.push((await timed(async () => index.vectors.search(vector, 50))).seconds * 1000);
  }
  return {
    articles: report.articles,
    passages: report.passages,
    sentences: report.sentences,
    embedded: report.embedded,
    build: report.seconds,
    nothingChanged: again.seconds,
    check: check.seconds,
    open,
    vectorSearchMilliseconds: spread(times),
    megabytes: await sizes(join(indexFolder, "generations", index.generation)),
    residentMegabytes: process.memoryUsage().rss / 1e6,
  };
}

async function sizes(generation) {
  const entries = await Promise.all(
    (await readdir(generation)).map(async (name) => [name, (await stat(join(generation, name))).size / 1e6]),
  );
  return Object.fromEntries(entries);
}

async function timed(work) {
  const begun = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - begun) / 1000 };
}

function spread(times) {
  const sorted = times.sort((a, b) => a - b);
  return { p50: sorted[sorted.length >> 1], p95: sorted[Math.floor(sorted.length * 0.95)] };
}

function print(figures) {
  console.log(
    JSON.stringify(figures, (_, value) => (typeof value === "number" ? Number(value.toPrecision(3)) : value)),
  );
}
