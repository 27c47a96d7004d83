// a process that indexes with recorded vectors on a watched disk; says a line when it begins to, one before each step of which it is to
// give notice, and one at its end
import { readSync } from "node:fs";
import { buildIndex } from "../../../src/indexing/build-index.ts";
import { followPlan, stepsTaken, watchDisk } from "../disk/watched-disk.ts";
import { completeIn } from "./fixed-calibration.ts";
import { RecordedModel } from "./recorded-model.ts";
import type { SmallRun } from "./small-runs.ts";

const { corpusFolder, indexFolder, vectors, plan } = JSON.parse(process.argv[2]!) as SmallRun;
const model = await RecordedModel.read(vectors);
const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => ending.abort(signal));
await watchDisk();
followPlan(plan ?? { folder: indexFolder }, pause);
say({ type: "begun" });
try {
  const complete = completeIn(indexFolder);
  await buildIndex({ corpusFolder, indexFolder, model, signal: ending.signal, complete });
  say({ type: "ended", steps: stepsTaken() });
} catch (error) {
  say({ type: "failed", message: String(error) });
  process.exitCode = 1;
}

/** Does nothing until it is told to go on. */
function pause(): void {
  say({ type: "paused" });
  readSync(0, Buffer.alloc(1));
}

function say(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
