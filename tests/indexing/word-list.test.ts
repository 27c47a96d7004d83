import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { openIndex } from "../../src/indexing/open-index.ts";
import { tagWords } from "../../src/text/segment.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";

const makeFolder = temporaryFolders();

describe("an index of a corpus with words.txt", () => {
  it("holds its words whole, and teaches them to every process that opens it", async () => {
    const folder = await makeFolder();
    const corpus = join(folder, "文章");
    await mkdir(corpus);
    await writeFile(join(corpus, "新术式.txt"), "专家组为患者做了经桡动脉封堵术，术后第三天患者下床行走。");
    await writeFile(join(corpus, "words.txt"), "经桡动脉封堵术\n", { flush: true });
    const indexFolder = join(folder, "索引");
    const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
    const inAnotherProcess = promisify(execFile);
    await inAnotherProcess(process.execPath, [main, "index", "--corpus", corpus, "--index", indexFolder]);
    const isWhole = () => tagWords("经桡动脉封堵术").length === 1;
    expect(isWhole()).toBe(false);
    const { keywords } = await openIndex({ indexFolder, modelId: "zh-news-embed-v1", dimensions: 480 });
    expect(isWhole()).toBe(true);
    expect(keywords.documentFrequency("经桡动脉封堵术")).toBe(1);
  });
});
