// npm run train:ranker -- --questions FILE --articles FILE [--work DIR] [--out FILE]: fits the sentence ranker and writes its weights; see README.md.
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// as deep below the root as the built files are, which look for the bundled model from where they are
const bundled = new URL(`../../dist/training/train-${process.pid}.mjs`, import.meta.url);
await build({
  entryPoints: [fileURLToPath(new URL("train.ts", import.meta.url))],
  outfile: fileURLToPath(bundled),
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  external: ["#embedding-worker"],
  logLevel: "warning",
});
try {
  const { trainRanker } = await import(bundled.href);
  await trainRanker(fileURLToPath(new URL("../..", import.meta.url)), process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(bundled, { force: true });
}
