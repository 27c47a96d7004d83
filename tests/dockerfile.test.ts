import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Copy, DockerfileParser, type Instruction } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { describe, expect, it } from "vitest";
import { readIgnoredPaths } from "../bench/docker/ignored-paths.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TEXT = readFileSync(join(ROOT, "Dockerfile"), "utf8");
const INSTRUCTIONS = DockerfileParser.parse(TEXT).getInstructions();
/** What the image is made of: everything after the last FROM. */
const FINAL = INSTRUCTIONS.slice(INSTRUCTIONS.findLastIndex((each) => each.getKeyword() === "FROM"));

describe("the Dockerfile", () => {
  it("passes the linter without a remark", () => {
    expect(validate(TEXT)).toEqual([]);
  });

  it("shows the linter what is wrong, or its silence would say nothing", () => {
    expect(validate(TEXT.replace("EXPOSE 8787", "EXPOSE x\nMAINTAINER me"))).toHaveLength(2);
  });

  it("builds and runs on one Debian and one Node.js, the one that package.json asks for", () => {
    const bases = withKeyword(INSTRUCTIONS, "FROM").map((from) => argumentsOf(from)[0]!);
    expect(bases).toEqual(["node:20-bookworm", "node:20-bookworm", "node:20-bookworm-slim"]);
    const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(engines.node).toMatch(/^>=20\./);
  });

  it("runs as a user that is not root, by number, for whom only the index is to be written", () => {
    expect(withKeyword(FINAL, "USER").map(argumentsOf)).toEqual([["1000:1000"]]);
    expect(withKeyword(FINAL, "VOLUME").map(argumentsOf)).toEqual([["/data/index"]]);
    expect(TEXT).toContain("WENJU_INDEX=/data/index");
    expect(FINAL.some((each) => /chown|chmod/u.test(each.getArgumentsContent() ?? ""))).toBe(false);
  });

  it("leaves tools for building and packages for developing behind", () => {
    expect(withKeyword(FINAL, "RUN").map((run) => run.getArgumentsContent())).toEqual([
      "install -d -o 1000 -g 1000 /data/index",
    ]);
    expect(TEXT).toContain("npm ci --omit=dev");
  });

  it("is asked for its health by what it has: node, and the address that turns 503 when it stops", () => {
    const [healthcheck] = withKeyword(FINAL, "HEALTHCHECK");
    expect(healthcheck?.getArgumentsContent()).toMatch(/\["node", "-e", ".*\/readyz/su);
  });

  it("copies what is there and what .dockerignore lets through, and nothing that grows or is secret", async () => {
    const isIgnored = await readIgnoredPaths(join(ROOT, ".dockerignore"));
    for (const path of withKeyword(INSTRUCTIONS, "COPY").flatMap(sourcesInContext)) {
      expect(existsSync(join(ROOT, path)), path).toBe(true);
      expect(isIgnored(path.replace(/^\.\//u, "")), path).toBe(false);
    }
    const out = [
      ".git/config",
      "node_modules/x/index.js",
      "index/manifest.json",
      "src/.env",
      ".env",
      "corpus/.git/config",
      "tests/a.ts",
    ];
    for (const path of out) expect(isIgnored(path), path).toBe(true);
    expect(isIgnored("src/cli/main.ts")).toBe(false);
  });
});

function withKeyword(instructions: readonly Instruction[], keyword: string): Instruction[] {
  return instructions.filter((instruction) => instruction.getKeyword() === keyword);
}

function argumentsOf(instruction: Instruction): string[] {
  return instruction.getArguments().map((argument) => argument.getValue());
}

function sourcesInContext(copy: Instruction): string[] {
  const isFromStage = (copy as Copy).getFlags().some((flag) => flag.getName() === "from");
  return isFromStage ? [] : argumentsOf(copy).slice(0, -1);
}
