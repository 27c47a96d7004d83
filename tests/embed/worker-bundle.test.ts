import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import ts from "typescript";
import { expect, it } from "vitest";

it("the process of the model is one file: it reads nothing else but the runtime when it starts", async () => {
  const text = await readFile("dist/embed/embedding-worker.bundle.js", "utf8");
  const imported = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  expect(imported.filter((name) => !isBuiltin(name))).toEqual(["onnxruntime-node"]);
});
