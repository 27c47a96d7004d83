// npm run stress [-- NAME …] [--short]: runs the scripts of scripts/ one after the other, each in a process of its own; a line of JSON each.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withBundled } from "../bundled.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SCRIPTS = join(ROOT, "bench/stress/scripts");
const FLAGS = ["--short"];

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !FLAGS.includes(arg));
const files = (await readdir(SCRIPTS, { recursive: true })).filter((file) => file.endsWith(".ts")).sort();
const known = files.map((file) => basename(file, ".ts"));
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

/** The exit code of one script. */
function run(name) {
  const entry = new URL(`scripts/${files[known.indexOf(name)]}`, import.meta.url);
  return withBundled(entry, `stress/${name}-${process.pid}.mjs`, async (bundled) => {
    const flags = args.filter((arg) => FLAGS.includes(arg));
    const script = spawn(process.execPath, [fileURLToPath(bundled), ...flags], {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
    });
    const [code] = await once(script, "exit");
    return code ?? 1;
  });
}
