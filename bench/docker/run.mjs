// node bench/docker/run.mjs: does what the Dockerfile says without Docker, serves from what came of it as its user, and prints figures.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { DockerfileParser } from "dockerfile-ast";
import { buildTree, placeOf } from "./build-tree.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const QUESTION = "株洲支援黄冈医疗队累计治愈出院多少例患者？";
const WRITABLE = "/data/index";

const work = await mkdtemp(join(tmpdir(), "wenju-image-"));
await chmod(work, 0o755);
try {
  const begun = performance.now();
  const dockerfile = DockerfileParser.parse(await readFile(join(ROOT, "Dockerfile"), "utf8"));
  const { image, stages } = await buildTree(dockerfile, { context: ROOT, work });
  const buildSeconds = Math.round((performance.now() - begun) / 1000);
  const pruned = JSON.parse(stages.get("modules").said.at(-1).said.trim().split("\n").at(-1));
  const served = await serveFrom(image);
  const tree = await megabytesOf(image.root);
  console.log(JSON.stringify({ name: "docker", ...pruned, treeMegabytes: tree, buildSeconds, ...served }));
} finally {
  await rm(work, { recursive: true, force: true });
}

/** Starts the image's command as the image's user, to whom nothing but the index folder and an empty /tmp belongs. */
async function serveFrom(image) {
  const temporary = placeOf(image, "/tmp");
  await mkdir(temporary);
  await chmod(temporary, 0o1777);
  const port = await freePort();
  const environment = {
    ...Object.fromEntries(
      Object.entries(image.environment).map(([name, value]) => [
        name,
        value.startsWith("/") ? join(image.root, value) : value,
      ]),
    ),
    WENJU_HOST: "127.0.0.1",
    WENJU_PORT: String(port),
    PATH: process.env.PATH,
    TMPDIR: temporary,
    HOME: "/nonexistent",
    LANG: "en_US.UTF-8",
  };
  const options = {
    cwd: placeOf(image, "."),
    env: environment,
    stdio: ["ignore", "ignore", "inherit"],
    ...userOf(image),
  };
  const begun = performance.now();
  const [doctorExitCode] = await once(spawn("node", ["dist/cli/main.js", "doctor"], options), "exit");
  const server = spawn(image.command[0], image.command.slice(1), options);
  const exited = once(server, "exit");
  try {
    await untilHealthy(image, options, server);
    const readySeconds = Math.round((performance.now() - begun) / 100) / 10;
    const answer = await ask(port);
    server.kill("SIGTERM");
    const [exitCode] = await exited;
    const strays = await newerFiles(image.root, begun + performance.timeOrigin);
    const failed = answer.status !== "answered" || exitCode + doctorExitCode > 0 || strays.length > 0;
    if (failed) process.exitCode = 1;
    return {
      user: image.user,
      readySeconds,
      status: answer.status,
      quote: answer.citations[0]?.quote,
      exitCode,
      doctorExitCode,
      writtenElsewhere: strays,
    };
  } finally {
    server.kill("SIGKILL");
  }
}

/** Only root may start something as another. */
function userOf({ user }) {
  if (process.getuid() !== 0) return {};
  const [uid, gid] = user.split(":").map(Number);
  return { uid, gid };
}

async function untilHealthy({ healthcheck }, options, server) {
  for (let attempt = 0; attempt < 120; attempt++) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}.`);
    const [command, ...args] = healthcheck;
    const [code] = await once(spawn(command, args, options), "exit");
    if (code === 0) return;
    await sleep(1_000);
  }
  throw new Error("The server did not become healthy in two minutes.");
}

async function ask(port) {
  const response = await fetch(`http://127.0.0.1:${port}/api/ask`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question: QUESTION }),
  });
  return response.json();
}

/** What was written outside the folder that is for it: with a read-only root it would have failed. */
async function newerFiles(root, since) {
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  const found = [];
  for (const file of files.filter((each) => each.isFile())) {
    const path = join(file.parentPath ?? file.path, file.name);
    if (path.startsWith(join(root, WRITABLE))) continue;
    if ((await stat(path)).mtimeMs > since) found.push(path.slice(root.length));
  }
  return found;
}

async function megabytesOf(root) {
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  let sum = 0;
  for (const file of files.filter((each) => each.isFile())) {
    const path = join(file.parentPath ?? file.path, file.name);
    if (!path.startsWith(join(root, WRITABLE))) sum += (await stat(path)).size;
  }
  return Math.round(sum / 1024 / 1024);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
