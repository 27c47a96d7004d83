import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkQuestions } from "../../../src/evaluation/check-questions.ts";
import { evaluate } from "../../../src/evaluation/evaluate.ts";
import { type EvaluationQuestion, NO_ANSWER, readQuestionSet } from "../../../src/evaluation/question-set.ts";
import { readSources } from "../../../src/evaluation/read-sources.ts";
import { compareReports } from "../../../src/evaluation/report/compare-reports.ts";
import { type EvaluationReport, readReport } from "../../../src/evaluation/report/evaluation-report.ts";
import { formatComparison } from "../../../src/evaluation/report/format-report.ts";
import { type OpenedChatbot, openChatbot } from "../../../src/open-chatbot.ts";
import { BUNDLED_CORPUS } from "../../support/indexes/built-index.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/questions/${name}`, import.meta.url));

describe("the product over its own articles", () => {
  let folder: string;
  let opened: OpenedChatbot;
  let questions: EvaluationQuestion[];
  let report: EvaluationReport;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "wenju-"));
    const config = { corpusFolder: BUNDLED_CORPUS, indexFolder: folder, model: "zh-news-embed-v1" };
    opened = await openChatbot(config);
    questions = await readQuestionSet(fixture("hospitals.jsonl"));
    report = await evaluate({
      chatbot: opened.chatbot,
      passages: opened.index.passages,
      questions,
      sources: await readSources(BUNDLED_CORPUS),
      about: {
        questionSet: "hospitals.jsonl",
        retriever: "hybrid",
        model: opened.index.modelId,
        measuredAt: new Date().toISOString(),
      },
    });
  });

  afterAll(async () => {
    await opened.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("is asked questions of every kind, each of which can be answered rightly", () => {
    expect(checkQuestions(questions, opened.chatbot.articles)).toEqual([]);
    const kinds = new Set(questions.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(["en", "fact", "followup", "multi", NO_ANSWER, "para", "trad", "typo"]);
    expect(questions.length).toBeGreaterThanOrEqual(60);
  });

  it("answers no worse than it did", async () => {
    const comparison = compareReports(await readReport(fixture("hospitals.baseline.json")), report);
    expect(comparison.compared).toBe(questions.length);
    expect(comparison.losses, formatComparison(comparison, "en")).toEqual([]);
  });

  it("quotes nothing that does not stand at its place and in its file", () => {
    const { count, atTheirSpan, inTheirFile } = report.citations;
    expect(count).toBeGreaterThan(60);
    expect([atTheirSpan, inTheirFile]).toEqual([count, count]);
  });

  it("keeps its quotes short: half of them within 90 characters, none over 200", () => {
    expect(report.all.quoteCharacters?.median).toBeLessThanOrEqual(90);
    expect(report.all.quoteCharacters?.max).toBeLessThanOrEqual(200);
  });
});
