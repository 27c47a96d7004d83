import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Bundles a TypeScript file of this repository into `dist/`, where the packages and the built files are found, hands the bundle's address to
 * `work`, and removes it. `name` is the bundle's below `dist/`: as deep there as a built file that looks for the model and the corpus.
 */
export async function withBundled(entry, name, work) {
  const bundled = new URL(`../dist/${name}`, import.meta.url);
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile: fileURLToPath(bundled),
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    external: ["#embedding-worker", "#indexing-worker", "#scoring-worker"],
    logLevel: "warning",
  });
  try {
    return await work(bundled);
  } finally {
    await rm(bundled, { force: true });
  }
}
