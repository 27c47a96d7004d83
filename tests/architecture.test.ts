import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/** Who may import whom: a part of `src/` imports itself and parts of earlier lines. Parts of one line do not know each other. */
const ORDER = [
  ["bounded-cache.ts", "child-environment.ts", "collect-garbage.ts", "errors.ts", "steps.ts"],
  ["text"],
  ["corpus"],
  ["chunk"],
  ["embed"],
  ["indexing"],
  ["question"],
  ["retrieve"],
  ["answer"],
  ["chatbot.ts"],
  ["live-chatbot.ts"],
  ["langchain", "server", "evaluation"],
  ["config.ts"],
  ["assemble-chatbot.ts"],
  ["open-chatbot.ts"],
  ["reindexing"],
  ["cli", "index.ts"],
  ["build"],
];

/** `web/` runs in a browser: it shares nothing with `src/` but the shape of an answer. */
const SHARED_WITH_WEB = "src/answer/answer.ts";

const ROOT = join(fileURLToPath(new URL(".", import.meta.url)), "..");

describe("the one direction", () => {
  it("is kept by every import of src/ and web/", () => {
    expect(["src", "web"].flatMap(sourceFiles).flatMap((file) => wrongImports(file, read(file)))).toEqual([]);
  });

  it("knows every part of src/", () => {
    const parts = readdirSync(join(ROOT, "src"));
    expect(parts.filter((part) => !ORDER.flat().includes(part))).toEqual([]);
  });

  it.each([
    ["src/text/fold.ts", 'import { WenjuError } from "../errors.ts";', 0],
    ["src/answer/compose.ts", 'import type { Hit } from "../retrieve/hit.ts";', 0],
    ["src/retrieve/hit.ts", 'import type { Answer } from "../answer/answer.ts";', 1],
    ["src/text/fold.ts", 'export { chunkArticle } from "../chunk/chunk-article.ts";', 1],
    ["src/text/fold.ts", 'const cli = await import("../cli/main.ts");', 1],
    ["src/server/ask.ts", 'import { evaluate } from "../evaluation/evaluate.ts";', 1],
    ["src/server/ask.ts", 'import { readConfig } from "../config.ts";', 1],
    ["src/answer/answer.ts", 'import { render } from "../../web/dom/render.ts";', 1],
    ["web/client/ask.ts", 'import type { Answer } from "../../src/answer/answer.ts";', 0],
    ["web/client/ask.ts", 'import { answer } from "../../src/answer/answer.ts";', 1],
    ["web/client/ask.ts", 'import type { Hit } from "../../src/retrieve/hit.ts";', 1],
  ])("finds in %s: %s", (file, source, count) => {
    expect(wrongImports(file, source)).toHaveLength(count);
  });
});

describe("settings and output", () => {
  it("are read and written at the edge only", () => {
    expect(sourceFiles("src").flatMap((file) => wrongGlobals(file, read(file)))).toEqual([]);
  });

  it.each([
    ["src/embed/catalog.ts", "const home = process.env.HOME;", 1],
    ["src/embed/catalog.ts", 'const home = process["env"].HOME;', 1],
    ["src/embed/catalog.ts", "const { env } = process;", 1],
    ["src/embed/catalog.ts", 'import { env } from "node:process";', 1],
    ["src/embed/catalog.ts", "// process.env is not read here", 0],
    ["src/config.ts", "const home = process.env.HOME;", 0],
    ["src/child-environment.ts", "const home = process.env.HOME;", 0],
    ["src/cli/main.ts", "const { env } = process;", 0],
    ["src/server/ask.ts", "console.error(1);", 1],
    ["src/server/ask.ts", "globalThis.console.error(1);", 1],
    ["src/config.ts", "console.error(1);", 1],
    ["src/cli/main.ts", "console.error(1);", 0],
  ])("finds in %s: %s", (file, source, count) => {
    expect(wrongGlobals(file, source)).toHaveLength(count);
  });
});

function wrongImports(file: string, source: string): string[] {
  return importsOf(file, source)
    .filter(({ target }) => target.startsWith("."))
    .map(({ target, typeOnly }) => ({ to: posix.join(dirname(file), target), typeOnly }))
    .filter(({ to, typeOnly }) => !isAllowed(file, to, typeOnly))
    .map(({ to }) => `${file} imports ${to}`);
}

function isAllowed(from: string, to: string, typeOnly: boolean): boolean {
  if (from.startsWith("web/")) return to.startsWith("web/") || (to === SHARED_WITH_WEB && typeOnly);
  return to.startsWith("src/") && (partOf(from) === partOf(to) || lineOf(to) < lineOf(from));
}

function partOf(file: string): string {
  return file.split("/")[1] ?? "";
}

function lineOf(file: string): number {
  return ORDER.findIndex((parts) => parts.includes(partOf(file)));
}

function importsOf(file: string, source: string): { target: string; typeOnly: boolean }[] {
  const found: { target: string; typeOnly: boolean }[] = [];
  for (const node of nodesOf(file, source)) {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) continue;
      const typeOnly = ts.isImportDeclaration(node)
        ? (node.importClause?.isTypeOnly ?? false)
        : node.isTypeOnly;
      found.push({ target: node.moduleSpecifier.text, typeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments;
      if (target && ts.isStringLiteralLike(target)) found.push({ target: target.text, typeOnly: false });
    }
  }
  return found;
}

function wrongGlobals(file: string, source: string): string[] {
  const inCli = file.startsWith("src/cli/");
  const mayRead = inCli || file === "src/config.ts" || file === "src/child-environment.ts";
  const names = [...nodesOf(file, source)].filter(isNameOrText).map(({ text }) => text);
  const wrong: string[] = [];
  const touchesProcess = names.some((name) => name === "process" || name === "node:process");
  if (!mayRead && touchesProcess && names.includes("env")) wrong.push(`${file} reads process.env`);
  if (!inCli && names.includes("console")) wrong.push(`${file} writes to the console`);
  return wrong;
}

function isNameOrText(node: ts.Node): node is ts.Identifier | ts.StringLiteralLike {
  return ts.isIdentifier(node) || ts.isStringLiteralLike(node);
}

function* nodesOf(file: string, source: string): Generator<ts.Node> {
  const waiting: ts.Node[] = [ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, false)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    ts.forEachChild(node, (child) => {
      waiting.push(child);
    });
  }
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(?:ts|mjs)$/.test(path))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`);
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}
