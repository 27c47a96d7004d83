import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const SCRIPTS = readdirSync("bench/stress/scripts").filter((file) => file.endsWith(".ts"));

describe("stress, in its short form", () => {
  it.each(SCRIPTS.map((file) => file.slice(0, -3)))("%s reaches its goals", async (name) => {
    const run = promisify(execFile)(process.execPath, ["bench/stress/run.mjs", name, "--short"]);
    const { stdout } = await run;
    expect(JSON.parse(stdout)).toMatchObject({ name, form: "short" });
  });
});
