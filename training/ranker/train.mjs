// npm run train:ranker -- --questions FILE --articles FILE [--work DIR] [--out DIR]: fits the sentence ranker and writes its weights; see README.md.
import { fileURLToPath } from "node:url";
import { withBundled } from "../../bench/bundled.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NAME = `training/train-${process.pid}.mjs`;

try {
  await withBundled(new URL("train.ts", import.meta.url), NAME, async (bundled) => {
    const { trainRanker } = await import(bundled.href);
    await trainRanker(ROOT, process.argv.slice(2));
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
