import { cp, readdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { buildIndex } from "../../../src/indexing/build-index.ts";
import type { SmallCorpus } from "./small-corpus.ts";

/**
 * An index of `before` over which a run for `after` was killed: a third of the vectors made, a generation half-written, a lock whose
 * process is gone, a lock on that lock likewise.
 */
export async function makeHalfDone({ index, after, model }: SmallCorpus, indexFolder: string): Promise<void> {
  await cp(index, indexFolder, { recursive: true });
  const ending = new AbortController();
  const run = buildIndex({
    corpusFolder: after,
    indexFolder,
    model,
    signal: ending.signal,
    onProgress: ({ stage, done, total }) => stage === "embedding" && done > total / 3 && ending.abort(),
  });
  await run.catch(() => undefined);
  const generations = join(indexFolder, "generations");
  const [id] = await readdir(generations);
  await cp(join(generations, id!), join(generations, "20991231T235959999-abcdef"), { recursive: true });
  await writeFile(join(indexFolder, "manifest.json.0a1b2c3d.tmp"), "{");
  await writeFile(
    join(indexFolder, "lock"),
    JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), startedAt: null }),
  );
}
