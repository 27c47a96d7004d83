import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { readIgnoredPaths } from "./ignored-paths.mjs";

/**
 * Does what a Dockerfile says with folders in place of images: COPY copies, RUN runs in a shell on this machine, and each FROM
 * begins an empty folder, for what is in the base image is on this machine already. Gives the last folder and its settings.
 */
export async function buildTree(dockerfile, { context, work }) {
  const isIgnored = await readIgnoredPaths(join(context, ".dockerignore"));
  const stages = new Map();
  let image;
  for (const instruction of dockerfile.getInstructions()) {
    const keyword = instruction.getKeyword();
    const values = instruction.getArguments().map((argument) => argument.getValue());
    if (keyword === "FROM") {
      image = await newImage(work, values[0]);
      if (values[1]?.toUpperCase() === "AS") stages.set(values[2], image);
    } else if (keyword === "WORKDIR") {
      image.folder = values[0];
      await mkdir(placeOf(image, values[0]), { recursive: true });
    } else if (keyword === "COPY") {
      const from = instruction.getFlags().find((flag) => flag.getName() === "from");
      if (from) await copy({ root: stages.get(from.getValue()).root }, values, image);
      else await copy({ root: context, isIgnored }, values, image);
    } else if (keyword === "RUN") {
      image.said.push(await run(instruction.getArgumentsContent(), image));
    } else if (keyword === "ENV") {
      for (const property of instruction.getProperties())
        image.environment[property.getName()] = property.getValue();
    } else if (keyword === "USER") image.user = values[0];
    else if (keyword === "HEALTHCHECK") image.healthcheck = wordsOf(instruction);
    else if (keyword === "CMD") image.command = wordsOf(instruction);
    else if (!["VOLUME", "EXPOSE", "STOPSIGNAL"].includes(keyword)) throw new Error(`What is ${keyword}?`);
  }
  return { image, stages };
}

async function newImage(work, base) {
  const root = await mkdtemp(join(work, "image-"));
  await chmod(root, 0o755);
  return { base, root, folder: "/", environment: {}, said: [], user: "root" };
}

/** A path of the image on this machine. */
export function placeOf({ root, folder = "/" }, path) {
  return join(root, path.startsWith("/") ? path : join(folder, path));
}

async function copy({ root, isIgnored }, paths, image) {
  const target = paths.at(-1);
  for (const path of paths.slice(0, -1)) {
    const from = join(root, path);
    const to = target.endsWith("/") ? join(placeOf(image, target), basename(path)) : placeOf(image, target);
    await cp(from, to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !isIgnored?.(relative(root, source)),
    });
  }
}

/** Folders of the image that are named in a command are those of the tree. */
async function run(command, image) {
  const here = command.replace(/(?<=\s)\/(?:app|data)(?=[/\s]|$)/g, (path) => join(image.root, path));
  const shell = spawn("bash", ["-euc", here], {
    cwd: placeOf(image, "."),
    env: { ...process.env, ...image.environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  shell.stdout.on("data", (chunk) => (said += chunk));
  const [code] = await once(shell, "close");
  if (code !== 0) throw new Error(`RUN ${command} ended with ${code}: ${said}`);
  return { command, said };
}

/** The words of a command in JSON form. */
function wordsOf(instruction) {
  const content = instruction.getArgumentsContent();
  return JSON.parse(content.slice(content.indexOf("[")));
}
