import { rm } from "node:fs/promises";

/** A file of this folder, made into one that Node runs; removed with `remove`. */
export type ProcessFile = { readonly path: string; remove(): Promise<void> };

/** All but native code goes in: a process begins much sooner with one file than with hundreds. */
export async function bundleProcess(name: string): Promise<ProcessFile> {
  // loaded here alone: it takes a while
  const { build } = await import("esbuild");
  // beside the scripts, for what is native has to be found from there
  const path = `dist/stress/${name}-${process.pid}.mjs`;
  await build({
    entryPoints: [`bench/stress/indexing/${name}.ts`],
    outfile: path,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    external: ["hnswlib-node", "@node-rs/jieba", "#embedding-worker"],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  return { path, remove: () => rm(path, { force: true }) };
}
