import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

/** It indexes beside a server and gives way to every other process: 25 s when the other folder's scripts are done, and 40 before. */
const LAST = "reindex-delay";

/** Runs every script of a folder of `bench/stress/scripts` in its short form, one after the other; goals of speed do not count in it. */
export function stressInShort(folder: "index" | "server"): void {
  const all = readdirSync(`bench/stress/scripts/${folder}`).map((file) => basename(file, ".ts"));
  const scripts = [...all.filter((name) => name !== LAST), ...all.filter((name) => name === LAST)];
  describe(`stress on the ${folder}, in its short form`, () => {
    it.each(scripts)("%s reaches its goals", async (name) => {
      const run = promisify(execFile)(process.execPath, ["bench/stress/run.mjs", name, "--short"]);
      const { stdout } = await run;
      expect(JSON.parse(stdout)).toMatchObject({ name, form: "short" });
    });
  });
}
