import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

export type Nginx = { readonly port: number; stop(): Promise<void> };

/** Starts nginx in the foreground with what stands inside `http { … }`; `serverBlocks` is told the port and a folder for files. */
export async function startNginx(
  binary: string,
  serverBlocks: (port: number, folder: string) => string | Promise<string>,
): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), "wenju-nginx-"));
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  await writeFile(file, around(await serverBlocks(port, folder), folder));
  const nginx = spawn(binary, ["-p", folder, "-c", file, "-e", join(folder, "error.log")], {
    stdio: "inherit",
  });
  await untilListening(nginx, port);
  const stop = async () => {
    const exited = once(nginx, "exit");
    nginx.kill("SIGTERM");
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  return { port, stop };
}

/** A key and a certificate that nobody vouches for, where the example has its own. */
export async function makeCertificate(folder: string): Promise<{ key: string; certificate: string }> {
  const [key, certificate] = [join(folder, "privkey.pem"), join(folder, "fullchain.pem")];
  const subject = ["-subj", "/CN=localhost", "-days", "1"];
  const files = ["-keyout", key, "-out", certificate];
  await promisify(execFile)("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    ...subject,
    ...files,
  ]);
  return { key, certificate };
}

function around(serverBlocks: string, folder: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `  ${name}_temp_path ${folder}/${name};`)
    .join("\n");
  return `daemon off;\npid ${folder}/nginx.pid;\nworker_processes 1;\nevents {}\nhttp {\n  access_log off;\n${temporary}\n${serverBlocks}\n}\n`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function untilListening(nginx: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended with ${nginx.exitCode}.`);
    if (await accepts(port)) return;
    await sleep(100);
  }
  throw new Error(`nginx did not listen on port ${port} within 10 seconds.`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}
