import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

describe("readConfig", () => {
  it("finds everything in the checkout, and serves this machine only", () => {
    expect(readConfig({}, {})).toEqual({
      corpusFolder: join(ROOT, "corpus"),
      indexFolder: join(ROOT, "index"),
      model: "zh-news-embed-v1",
      host: "127.0.0.1",
      port: 8787,
      webFolder: join(ROOT, "dist", "web"),
      feedbackFile: join(ROOT, "index", "feedback.jsonl"),
      unansweredFile: join(ROOT, "index", "unanswered.jsonl"),
      keepDays: 90,
      log: { level: "info", questions: false },
      watch: false,
      adminToken: undefined,
      sites: { origins: new Set(), keys: new Map() },
      clients: { questionsPerMinute: 300, trustedProxies: [] },
    });
  });

  it("takes flags before variables, and ignores empty variables", () => {
    const environment = { WENJU_PORT: "9000", WENJU_HOST: "0.0.0.0", WENJU_MODEL: "" };
    expect(readConfig({ port: "9100" }, environment)).toMatchObject({
      port: 9100,
      host: "0.0.0.0",
      model: "zh-news-embed-v1",
    });
  });

  it("gives each corpus an index of its own", () => {
    const first = readConfig({ corpus: "/srv/株洲日报" }, {}).indexFolder;
    const second = readConfig({ corpus: "/backup/株洲日报" }, {}).indexFolder;
    expect(dirname(first)).toBe(join(ROOT, "index"));
    expect(first).toMatch(/株洲日报-[0-9a-f]{8}$/);
    expect(second).not.toBe(first);
    expect(readConfig({ corpus: "/srv/../srv/株洲日报/" }, {}).indexFolder).toBe(first);
    expect(readConfig({ corpus: join(ROOT, "corpus") }, {}).indexFolder).toBe(join(ROOT, "index"));
  });

  it("puts the index where it is told, relative to the working folder", () => {
    expect(readConfig({ corpus: "/srv/a", index: "b" }, {}).indexFolder).toBe(resolve("b"));
    expect(readConfig({}, { WENJU_INDEX: join(homedir(), "b") }).indexFolder).toBe(join(homedir(), "b"));
    expect(readConfig({ index: "b" }, {}).feedbackFile).toBe(resolve("b", "feedback.jsonl"));
  });

  it("takes the sites that may ask, and their keys", () => {
    const { sites } = readConfig(
      {},
      {
        WENJU_ALLOWED_ORIGINS: "https://www.example.org, http://localhost:3000,https://xn--fsqu00a.cn\n",
        WENJU_SITE_KEYS: "http://localhost:3000=pk=1==",
      },
    );
    expect([...sites.origins]).toEqual([
      "https://www.example.org",
      "http://localhost:3000",
      "https://xn--fsqu00a.cn",
    ]);
    expect([...sites.keys]).toEqual([["http://localhost:3000", "pk=1=="]]);
    expect(readConfig({}, { WENJU_ALLOWED_ORIGINS: "", WENJU_SITE_KEYS: " " }).sites.origins.size).toBe(0);
  });

  it.each([
    ["*", "such as https://www.example.org"],
    ["https://*.example.org", "such as https://www.example.org"],
    ["null", "such as https://www.example.org"],
    ["www.example.org", "such as https://www.example.org"],
    ["ftp://www.example.org", "such as https://www.example.org"],
    ["https://a.example,,https://b.example", '"" in'],
    ["https://a.example,", '"" in'],
    ["https://a.example https://b.example", "such as https://www.example.org"],
    ["https://例子.cn", "such as https://xn--fsqu00a.cn"],
    ["https://WWW.Example.org", "such as https://www.example.org"],
    ["https://www.example.org/", "such as https://www.example.org."],
    ["https://www.example.org/chat", "such as https://www.example.org."],
    ["https://www.example.org:443", "such as https://www.example.org."],
    ["https://me@www.example.org", "such as https://www.example.org."],
  ])("refuses %j as an allowed origin, and says how to write it", (WENJU_ALLOWED_ORIGINS, hint) => {
    expect(() => readConfig({}, { WENJU_ALLOWED_ORIGINS })).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(hint) }),
    );
    expect(() => readConfig({}, { WENJU_ALLOWED_ORIGINS })).toThrow(/WENJU_ALLOWED_ORIGINS/);
  });

  it.each([
    ["https://a.example", "cannot be used"],
    ["https://a.example=", "cannot be used"],
    ["https://a.example=a b", "cannot be used"],
    ["https://a.example=密", "cannot be used"],
    ["a.example=key", "is not an origin"],
    ["https://a.example=one,https://a.example=two", "stands twice"],
    ["https://b.example=key", "is not in WENJU_ALLOWED_ORIGINS"],
  ])("refuses %j as a site's key", (WENJU_SITE_KEYS, message) => {
    expect(() => readConfig({}, { WENJU_ALLOWED_ORIGINS: "https://a.example", WENJU_SITE_KEYS })).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(message) }),
    );
  });

  it.each([
    [{ port: "http" }, {}, "--port"],
    [{ port: "65536" }, {}, "--port"],
    [{ port: "-1" }, {}, "--port"],
    [{ port: "80.5" }, {}, "--port"],
    [{ port: "" }, {}, "--port"],
    [{}, { WENJU_PORT: "x" }, "WENJU_PORT"],
    [{ host: "not a host" }, {}, "--host"],
    [{ corpus: "" }, {}, "--corpus"],
    [{ index: "a\0b" }, {}, "--index"],
  ])("refuses %j %j and names %s", (flags, environment, source) => {
    expect(() => readConfig(flags, environment)).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(source) }),
    );
  });
});

describe("what is logged and kept of readers", () => {
  it("is read from the environment; an empty variable is one that is not set", () => {
    const environment = { WENJU_LOG_LEVEL: "warn", WENJU_LOG_QUESTIONS: "1", WENJU_KEEP_DAYS: "0" };
    expect(readConfig({}, environment)).toMatchObject({
      log: { level: "warn", questions: true },
      keepDays: 0,
    });
    const empty = { WENJU_LOG_LEVEL: "", WENJU_LOG_QUESTIONS: "", WENJU_KEEP_DAYS: "" };
    expect(readConfig({}, empty)).toMatchObject({ log: { level: "info", questions: false }, keepDays: 90 });
  });

  it.each([
    ["WENJU_LOG_LEVEL", "loud", "debug, info, warn, error, silent"],
    ["WENJU_LOG_QUESTIONS", "yes", "1 or 0"],
    ["WENJU_KEEP_DAYS", "a week", "0 (keep nothing) to 9999"],
    ["WENJU_KEEP_DAYS", "-1", "0 (keep nothing) to 9999"],
  ])("refuses %s=%s and says what would do", (name, value, expected) => {
    expect(() => readConfig({}, { [name]: value })).toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        message: expect.stringContaining(expected),
        texts: expect.objectContaining({ zh: expect.stringContaining(name) }),
      }),
    );
  });
});
