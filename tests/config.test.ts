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
