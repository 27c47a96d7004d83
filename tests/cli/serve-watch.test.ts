import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runWenju } from "../support/run-wenju.ts";
import { ask, folderWith } from "../support/servers/served-chatbot.ts";

const BRIDGE = "青溪大桥\n\n青溪大桥由工程师沈仲安设计，1931年建成通车，全长412米。\n";
const LAKE = "白鹭水库\n\n白鹭水库由工程师顾维钧主持修建，1958年蓄水，可灌溉九万亩田。\n";
const TOKEN = "a-token-of-some-length";

type Served = { readonly url: string; readonly corpus: string };

/** Runs `wenju serve` until the work is done. */
async function whileServing<T>(
  flags: readonly string[],
  environment: Readonly<Record<string, string>>,
  work: (served: Served) => Promise<T>,
) {
  const corpus = await folderWith({ "bridge.txt": BRIDGE });
  const index = await folderWith({});
  await rm(index, { recursive: true });
  const stop = new AbortController();
  let done: Promise<T> | undefined;
  const result = await runWenju(["serve", "--port", "0", "--corpus", corpus, "--index", index, ...flags], {
    environment: { LANG: "en_US.UTF-8", ...environment },
    signal: stop.signal,
    onOutput: (text) => {
      const url = /^http:\/\/\S+$/m.exec(text)?.[0];
      if (url && !done) done = work({ url, corpus }).finally(() => stop.abort("SIGTERM"));
    },
  });
  return { ...result, done: await done };
}

async function authorOf(url: string): Promise<string> {
  const answer = await (await ask(url, { question: "白鹭水库由谁主持修建？" })).json();
  return answer.citations[0]?.quote ?? "";
}

describe("wenju serve", { timeout: 120_000 }, () => {
  it.each([
    ["--watch", ["--watch"], {}],
    ["WENJU_WATCH=1", [], { WENJU_WATCH: "1" }],
  ])(
    "with %s answers from an article that comes while it runs, and opens no way to manage them",
    async (_how, flags, environment) => {
      const { exitCode, stderr, done } = await whileServing(flags, environment, async ({ url, corpus }) => {
        await writeFile(join(corpus, "lake.txt"), LAKE);
        await expect.poll(() => authorOf(url), { timeout: 90_000, interval: 200 }).toContain("顾维钧");
        return (await fetch(`${url}/api/admin/status`, { headers: { authorization: `Bearer ${TOKEN}` } }))
          .status;
      });
      expect(done).toBe(404);
      expect(exitCode).toBe(0);
      expect(stderr).toContain("Indexed 2 articles");
    },
  );

  it("with WENJU_ADMIN_TOKEN takes an article over HTTP, and tells the token to nobody", async () => {
    const { exitCode, stdout, stderr } = await whileServing(
      [],
      { WENJU_ADMIN_TOKEN: TOKEN },
      async ({ url }) => {
        const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "text/markdown" };
        const sent = await fetch(`${url}/api/admin/articles?name=lake.md`, {
          method: "POST",
          headers,
          body: LAKE,
        });
        expect(sent.status).toBe(201);
        await expect.poll(() => authorOf(url), { timeout: 90_000, interval: 200 }).toContain("顾维钧");
        const status = await (await fetch(`${url}/api/admin/status`, { headers })).json();
        expect(status).toMatchObject({ articles: 2, report: { articles: 2 } });
      },
    );
    expect(exitCode).toBe(0);
    expect(stdout + stderr).not.toContain(TOKEN);
  });

  it.each([
    ["a short token", { WENJU_ADMIN_TOKEN: "short-secret" }, "WENJU_ADMIN_TOKEN"],
    ["a switch that is none", { WENJU_WATCH: "ja" }, "WENJU_WATCH"],
  ])("refuses %s in one line, without a word of a secret", async (_what, environment, name) => {
    const { exitCode, stderr } = await runWenju(["serve", "--port", "0"], {
      environment: { LANG: "en_US.UTF-8", ...environment },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(new RegExp(`^Error: [^\\n]*${name}[^\\n]*\\n$`));
    expect(stderr).not.toContain("short-secret");
  });
});
