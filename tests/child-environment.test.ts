import type { ChildProcess } from "node:child_process";
import diagnostics from "node:diagnostics_channel";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { childEnvironment } from "../src/child-environment.ts";
import { openEmbeddingModel } from "../src/embed/open-embedding-model.ts";
import { indexInProcess } from "../src/reindexing/index-in-process.ts";
import { folderWith } from "./support/servers/served-chatbot.ts";

const SECRETS = {
  WENJU_ADMIN_TOKEN: "secret-of-the-administrators-0123456789",
  WENJU_SITE_KEYS: "secret-of-a-site",
  OPENAI_API_KEY: "secret-of-a-model",
  NODE_AUTH_TOKEN: "secret-of-a-registry",
};

describe("childEnvironment", () => {
  it("hands on what Node and native libraries need", () => {
    const needed = {
      PATH: "/usr/bin",
      HOME: "/home/li",
      TMPDIR: "/tmp",
      LANG: "zh_CN.UTF-8",
      LC_ALL: "C",
      TZ: "Asia/Shanghai",
      NODE_OPTIONS: "--max-old-space-size=512",
      LD_LIBRARY_PATH: "/opt/lib",
      SystemRoot: "C:\\Windows",
    };
    const known = childEnvironment({ ...needed, ...SECRETS, WENJU_PORT: "80" });
    expect(known).toEqual({ ...needed, MALLOC_ARENA_MAX: "1" });
  });

  it("asks for one part of memory, unless the operator asks for more", () => {
    expect(childEnvironment({})).toEqual({ MALLOC_ARENA_MAX: "1" });
    expect(childEnvironment({ MALLOC_ARENA_MAX: "4" })).toEqual({ MALLOC_ARENA_MAX: "4" });
  });
});

describe.runIf(process.platform === "linux")("a process that is started", { timeout: 60_000 }, () => {
  afterEach(() => vi.unstubAllEnvs());

  it("to embed knows none of the operator's secrets", async () => {
    for (const [name, value] of Object.entries(SECRETS)) vi.stubEnv(name, value);
    const children = childrenStarted();
    const model = await openEmbeddingModel();
    onTestFinished(() => model.close());
    await model.embedQuery("护士节");
    const known = environmentOf(children[0]!);
    expect(known).toMatch(/(?:^|\0)PATH=/);
    expect(known).not.toContain("secret-of");
  });

  it("to index knows none of the operator's secrets", async () => {
    for (const [name, value] of Object.entries(SECRETS)) vi.stubEnv(name, value);
    const children = childrenStarted();
    const corpusFolder = await folderWith({ "bridge.txt": "青溪大桥\n\n青溪大桥1931年建成通车。\n" });
    let known = "";
    const { report } = await indexInProcess(
      { corpusFolder, indexFolder: await folderWith({}), model: "zh-news-embed-v1" },
      {
        onProgress: () => {
          known ||= environmentOf(children[0]!);
        },
      },
    );
    expect(report.articles).toBe(1);
    expect(known).toMatch(/(?:^|\0)PATH=/);
    expect(known).not.toContain("secret-of");
  });
});

function childrenStarted(): ChildProcess[] {
  const children: ChildProcess[] = [];
  const onStart = (message: unknown) => children.push((message as { process: ChildProcess }).process);
  diagnostics.subscribe("child_process", onStart);
  onTestFinished(() => {
    diagnostics.unsubscribe("child_process", onStart);
  });
  return children;
}

function environmentOf({ pid }: ChildProcess): string {
  return readFileSync(`/proc/${pid}/environ`, "utf8");
}
