import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { INDEX_FORMAT } from "../../../src/indexing/generation/generation.ts";
import { writeLargeCorpus } from "../../large-corpus.mjs";
import { type Serving, serve } from "../support/serving.ts";

/** Made once and kept beside the build: indexing 10,000 passages takes more than a minute. */
const KEPT = join(process.cwd(), "dist/stress");
const SOURCE = join(process.cwd(), "corpus");
const OBSERVER = join(process.cwd(), "bench/stress/load/observer.mjs");

/** What a watched server says of itself, since it was last asked. Milliseconds and bytes. */
export type Observation = {
  readonly delays: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly rss: number;
  /** What is left on the heap and outside of it after a collection. */
  readonly live: number;
};

export type ServedCorpus = Serving & {
  readonly corpus: string;
  observe(): Promise<Observation>;
};

export type ServedCorpusOptions = {
  readonly passages: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  /** A copy of its own, whose articles may be changed. */
  readonly own?: boolean;
};

/** A real server over about so many passages, watched from inside; clients are not limited unless `environment` says so. */
export async function withServedCorpus<T>(
  { passages, environment, flags = [], own = false }: ServedCorpusOptions,
  work: (served: ServedCorpus) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "wenju-stress-"));
  const observed = join(folder, "observed.json");
  let corpus = await writeLargeCorpus(join(KEPT, `corpus-${passages}`), passages, SOURCE);
  let index = join(KEPT, `index-${INDEX_FORMAT}-${passages}`);
  if (own) {
    corpus = await copy(corpus, join(folder, "corpus"));
    index = await copy(index, join(folder, "index")).catch(() => join(folder, "index"));
  }
  const serving = await serve({
    corpus,
    index,
    flags,
    environment: {
      WENJU_QUESTIONS_PER_MINUTE: "0",
      NODE_OPTIONS: `--import=${pathToFileURL(OBSERVER).href}`,
      WENJU_OBSERVED: observed,
      ...environment,
    },
  });
  try {
    return await work({ ...serving, corpus, observe: () => observe(serving, observed) });
  } finally {
    if (serving.child.exitCode === null && serving.child.signalCode === null) await serving.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function copy(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true });
  return to;
}

async function observe({ child }: Serving, file: string): Promise<Observation> {
  await rm(file, { force: true });
  child.kill("SIGUSR2");
  for (let tries = 0; tries < 500; tries++) {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) return JSON.parse(text);
    await delay(10);
  }
  throw new Error("The server does not say how it is.");
}

/** Questions of readers, over and over. */
export async function readQuestions(): Promise<(number: number) => string> {
  const lines = (await readFile("tests/fixtures/questions/hospitals.jsonl", "utf8")).trim().split("\n");
  const questions = lines.map((line) => (JSON.parse(line) as { q: string }).q);
  return (number) => questions[number % questions.length]!;
}
