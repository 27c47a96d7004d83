// Removes from a node_modules folder what a server on this machine never loads; prints what that saves.
import { lstat, readdir, rm } from "node:fs/promises";
import { join, resolve, sep } from "node:path";

const modules = resolve(process.argv[2] ?? "node_modules");

const before = await sizeOf(modules);
await keepOwnRuntime(join(modules, "onnxruntime-node", "bin"));
// the build has made one file of the model's process, with what it needs of these
for (const name of ["@xenova", "@huggingface", "@img", "sharp", "onnxruntime-web"]) {
  await rm(join(modules, name), { recursive: true, force: true });
}
await keepOnly(join(modules, "hnswlib-node", "build"), [join("Release", "addon.node")]);
const after = await sizeOf(modules);
process.stdout.write(
  `${JSON.stringify({ megabytesBefore: inMegabytes(before), megabytesAfter: inMegabytes(after) })}\n`,
);

/** onnxruntime-node brings the runtime of every system: bin/napi-v3/linux/x64, darwin/arm64 … */
async function keepOwnRuntime(bin) {
  for (const api of await readdir(bin)) {
    await keepOnly(join(bin, api), [join(process.platform, process.arch)]);
  }
}

/** Leaves of a folder these files and folders alone, named in full or below it. */
async function keepOnly(folder, names) {
  const kept = names.map((name) => resolve(folder, name));
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (kept.includes(path)) continue;
    const inside = kept.filter((name) => name.startsWith(path + sep));
    if (inside.length > 0) await keepOnly(path, inside);
    else await rm(path, { recursive: true });
  }
}

async function sizeOf(path) {
  const facts = await lstat(path);
  if (!facts.isDirectory()) return facts.size;
  let sum = 0;
  for (const name of await readdir(path)) sum += await sizeOf(join(path, name));
  return sum;
}

function inMegabytes(bytes) {
  return Math.round(bytes / 1024 / 1024);
}
