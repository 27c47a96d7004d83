import { chmod, mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkSettings } from "../../src/cli/doctor/check-settings.ts";
import { checkStores } from "../../src/cli/doctor/check-stores.ts";
import { readConfig } from "../../src/config.ts";
import { folderWith } from "../support/servers/served-chatbot.ts";

const NEVER = new AbortController().signal;

describe("the check of the settings", () => {
  it("names what was set, and none of its values", async () => {
    const environment = {
      WENJU_PORT: "9000",
      WENJU_ADMIN_TOKEN: "a-token-that-nobody-may-see-0123",
      WENJU_LOG_QUESTIONS: "1",
      WENJU_MODEL: "",
      HOME: "/root",
    };
    const { zh, en } = await settings(environment);
    expect(en).toBe(
      "WENJU_ADMIN_TOKEN, WENJU_LOG_QUESTIONS, WENJU_PORT; questions are logged, readers' stores are kept 90 days",
    );
    expect(zh).toContain("日志里记下问题原文");
    expect(zh + en).not.toMatch(/9000|nobody/);
    expect((await settings({})).en).toMatch(/^all by default; questions are not logged/);
  });

  it("finds a name that nothing reads, and says which there are", async () => {
    await expect(settings({ WENJU_PROT: "9000", WENJU_LOGLEVEL: "info" })).rejects.toMatchObject({
      message: expect.stringMatching(/no setting WENJU_PROT, WENJU_LOGLEVEL;.*WENJU_LOG_LEVEL.*WENJU_PORT/),
      texts: { zh: expect.stringContaining("WENJU_PROT、WENJU_LOGLEVEL") },
    });
  });

  function settings(environment: Readonly<Record<string, string>>) {
    return checkSettings(readConfig({}, environment), NEVER, environment);
  }
});

describe("the check of the readers' stores", () => {
  it("tells their sizes", async () => {
    const { config, file } = await stores();
    expect(await checkStores(config)).toMatchObject({ en: "feedback.jsonl 0 B, unanswered.jsonl 0 B" });
    await writeFile(file, "问".repeat(1_000), { mode: 0o600 });
    expect(await checkStores(config)).toMatchObject({ en: "feedback.jsonl 3 KB, unanswered.jsonl 0 B" });
    expect(await checkStores({ ...config, keepDays: 0 })).toMatchObject({ en: "nothing is kept" });
  });

  it("says what to do where one is nearly full", async () => {
    const { config, file } = await stores();
    await writeFile(file, "", { mode: 0o600 });
    await truncate(file, 60 * 1024 * 1024);
    await expect(checkStores(config)).rejects.toThrow(/60 MB of 64 MB.*WENJU_KEEP_DAYS/);
  });

  it("says what to do where others can read one", async () => {
    const { config, file } = await stores();
    await writeFile(file, "");
    await chmod(file, 0o644);
    await expect(checkStores(config)).rejects.toThrow(`chmod 600 ${file}`);
  });

  it("says what to do where one cannot be written", async () => {
    const { config, file } = await stores();
    await mkdir(file);
    await expect(checkStores(config)).rejects.toThrow(`${file} cannot be written`);
  });

  async function stores() {
    const index = await folderWith({});
    return { config: readConfig({ index }, {}), file: join(index, "feedback.jsonl") };
  }
});
