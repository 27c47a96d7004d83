import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { ask, folderWith } from "../support/servers/served-chatbot.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const ARTICLES = { "yiyuan.txt": "一颗红心向党\n\n刘毅带领74名白衣战士与病毒鏖战，奋战53天。\n" };
const QUESTION = "刘毅带领多少名白衣战士？";

describe("the wenju process", () => {
  it.each([
    ["SIGTERM", 0],
    ["SIGINT", 0],
  ] as const)("serves until %s, then exits %i", async (signal, exitCode) => {
    const server = start(["serve", "--port", "0", ...(await folders())]);
    const url = await firstLine(server);
    expect(await (await ask(url, { question: QUESTION })).json()).toMatchObject({ status: "answered" });
    server.kill(signal);
    expect(await once(server, "exit")).toEqual([exitCode, null]);
  });

  it("exits at once at the second signal, though an answer is still being read", async () => {
    const server = start(["serve", "--port", "0", ...(await folders())]);
    const url = await firstLine(server);
    const unfinished = fetch(`${url}/api/ask`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      duplex: "half",
      body: new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("{")) }),
    } as RequestInit);
    unfinished.catch(() => undefined);
    await answersAgain(url);
    server.kill("SIGTERM");
    await saidThatItStops(server);
    server.kill("SIGTERM");
    expect(await once(server, "exit")).toEqual([143, null]);
  });

  it("exits 2 for wrong usage and 0 for help", async () => {
    expect(await once(start(["fly"]), "exit")).toEqual([2, null]);
    expect(await once(start(["--help"]), "exit")).toEqual([0, null]);
  });

  it("is quiet when nobody reads its output", async () => {
    const helper = start(["--help"]);
    helper.stdout?.destroy();
    const said = collect(helper.stderr);
    expect(await once(helper, "exit")).toEqual([0, null]);
    expect(await said).toBe("");
  });
});

function start(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, LANG: "en_US.UTF-8", LC_ALL: "" },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function folders(): Promise<string[]> {
  return ["--corpus", await folderWith(ARTICLES), "--index", join(await folderWith({}), "index")];
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let text = "";
  while (!text.includes("\n")) text += String((await once(stdout!, "data"))[0]);
  return text.split("\n")[0]!;
}

async function answersAgain(url: string): Promise<void> {
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
}

async function saidThatItStops({ stderr }: ChildProcess): Promise<void> {
  let text = "";
  while (!text.includes("Stopping")) text += String((await once(stderr!, "data"))[0]);
}

async function collect(stream: ChildProcess["stderr"]): Promise<string> {
  let text = "";
  for await (const chunk of stream!) text += chunk;
  return text;
}
