// npm run stress [-- NAME …] [--short]: runs the scripts of scripts/ one after the other, each in a process of its own; a line of JSON each.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SCRIPTS = join(ROOT, "bench/stress/scripts");
const FLAGS = ["--short"];

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !FLAGS.includes(arg));
const known = (await readdir(SCRIPTS))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3));
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}; there are: ${known.join(", ")}.`);
  process.exit(2);
}
const failed = [];
for (const name of wanted.length > 0 ? wanted : known) {
  if ((await run(name)) !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`Below its goal: ${failed.join(", ")}.`);
  process.exitCode = 1;
}

/** Bundled as deep below the root as the built files are, which look for the model and the corpus from where they are. */
async function run(name) {
  const folder = join(ROOT, "dist/stress");
  const bundled = join(folder, `${name}-${process.pid}.mjs`);
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(SCRIPTS, `${name}.ts`)],
    outfile: bundled,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    external: ["#embedding-worker", "#indexing-worker"],
    logLevel: "warning",
  });
  try {
    const script = spawn(process.execPath, [bundled, ...args.filter((arg) => FLAGS.includes(arg))], {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
    });
    const [code] = await once(script, "exit");
    return code ?? 1;
  } finally {
    await rm(bundled, { force: true });
  }
}
