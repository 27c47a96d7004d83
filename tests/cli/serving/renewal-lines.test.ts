import { describe, expect, it } from "vitest";
import { renewalLines } from "../../../src/cli/serving/renewal-lines.ts";
import { Terminal } from "../../../src/cli/terminal.ts";
import { WenjuError } from "../../../src/errors.ts";
import type { IndexReport } from "../../../src/indexing/build-index.ts";
import { CollectedOutput } from "../../support/run-wenju.ts";

const REPORT: IndexReport = {
  articles: 5,
  skipped: [{ file: "空.txt", code: "EMPTY", reason: "It is empty." }],
  passages: 83,
  sentences: 400,
  embedded: 3,
  reused: 545,
  seconds: 2.04,
  generation: "20261122T061500123-3f2a9c",
  upToDate: false,
};
const UNCHANGED = { ...REPORT, upToDate: true };
const unwritable = (draft: string) =>
  new WenjuError("INDEX_NOT_WRITABLE", `The index folder /索引 cannot be written: ${draft}.`);

describe("what is said of articles that change while a server runs", () => {
  it.each([
    [
      "zh_CN",
      [
        "文章有变化：正在后台更新索引，更新好之前用原来的索引回答。",
        "跳过 空.txt：文件是空的。",
        "已索引 5 篇文章，83 段；新算 3 个向量，沿用 545 个，用时 2.0 秒。",
        "从现在起用更新后的索引回答。",
      ],
    ],
    [
      "en_US",
      [
        "The articles have changed: they are being indexed in the background, and until then the earlier index answers.",
        "Skipped 空.txt: It is empty.",
        "Indexed 5 articles, 83 passages; 3 vectors made, 545 kept, in 2.0 s.",
        "From now on the updated index answers.",
      ],
    ],
  ])("is, in %s, that they have changed, and what came of it", (language, lines) => {
    const { told, said } = openLines(language);
    told.onBehind("changed");
    told.onReport(REPORT, { replaced: true });
    expect(said()).toEqual(lines);
  });

  it("is what came of it for an index that had only to be put in order, and one that another process brought up to date", () => {
    const { told, said } = openLines();
    told.onBehind("disordered");
    told.onReport(UNCHANGED, { replaced: false });
    told.onReport(UNCHANGED, { replaced: true });
    expect(said()).toEqual([
      expect.stringContaining("The index has to be put in order"),
      "Nothing has changed: 5 articles, 83 passages.",
      "From now on the updated index answers.",
    ]);
  });

  it("is nothing of a run that found nothing to do, and one line of one that did", () => {
    const { told, said } = openLines();
    told.onReport(UNCHANGED, { replaced: false });
    expect(said()).toEqual([]);
    told.onReport({ ...REPORT, skipped: [] }, { replaced: true });
    expect(said()).toHaveLength(1);
  });

  it("is one failure once, however often it is met, and again after something else", () => {
    const { told, said } = openLines();
    told.onFailure(unwritable("EROFS, lock.0a1b2c3d.tmp"));
    told.onFailure(unwritable("EROFS, lock.4e5f6071.tmp"));
    told.onFailure(new WenjuError("INDEX_LOCKED", "Process 7 has it."));
    told.onFailure(new WenjuError("INDEX_LOCKED", "Process 8 has it."));
    told.onReport(REPORT, { replaced: true });
    told.onFailure(new WenjuError("INDEX_LOCKED", "Process 9 has it."));
    const failed = "The index was not updated; the old one goes on answering, and it is tried again: ";
    expect(said()).toEqual([
      `${failed}The index folder /索引 cannot be written: EROFS, lock.0a1b2c3d.tmp.`,
      `${failed}Process 7 has it.`,
      "Skipped 空.txt: It is empty.",
      expect.stringContaining("Indexed 5 articles"),
      "From now on the updated index answers.",
      `${failed}Process 9 has it.`,
    ]);
  });
});

function openLines(language = "en_US") {
  const stderr = new CollectedOutput();
  const stdout = new CollectedOutput();
  const told = renewalLines(new Terminal({ stdout, stderr, environment: { LANG: language } }));
  return { told, said: () => stderr.text.split("\n").filter(Boolean) };
}
