import { describe, expect, it } from "vitest";
import { formatReport } from "../../../src/evaluation/report/format-report.ts";
import { renderReport } from "../../../src/evaluation/report/render-report.ts";
import { textTable } from "../../../src/evaluation/report/text-table.ts";
import { evaluateScripts, PASSAGES, question } from "../../support/scripted-evaluation.ts";

const FOUNDED = question({ id: "founded" });
const SECRETARY = question({ id: "secretary", kind: "para", question: "书记是谁？", answers: ["夏红"] });
const HOSTILE = '<script>alert("1")</script>';

describe("the tables of a report", () => {
  it("have a row for each kind, with figures and intervals in percent", async () => {
    const report = await evaluateScripts(
      { [FOUNDED.question]: { found: [0], quotes: ["医院创立于1900年。"] } },
      [FOUNDED, SECRETARY],
    );
    const text = formatReport(report, "en");
    expect(text).toContain("四题.jsonl: 2 questions; 2 articles, 4 passages");
    expect(text).toMatch(/^fact +1 +100 \[100–100\] /m);
    expect(text).toMatch(/^para +1 +0 \[0–0\] /m);
    expect(text).toMatch(/^all +2 +50 \[0–100\] /m);
    expect(text).toContain("of 2 answerable questions 1 refused");
    expect(text).toContain("Quotes: 1; 1 stand at their place, 1 in their file.");
  });

  it("stand straight although Chinese characters take two columns", () => {
    expect(
      textTable([
        ["种类", "题数"],
        ["fact", "3"],
        ["全部", "12"],
      ]),
    ).toBe("种类  题数\nfact     3\n全部    12");
  });
});

describe("the page of a report", () => {
  it("shows each miss with what was expected and what was returned", async () => {
    const report = await evaluateScripts(
      { [SECRETARY.question]: { found: [1], quotes: ["医院创立于1900年。"] } },
      [SECRETARY],
    );
    const page = renderReport(report, { language: "zh", passages: PASSAGES });
    expect(page).toContain("没有答对的题 (1 / 1)");
    expect(page).toContain("夏红 (xiangtan)");
    expect(page).toContain("医院创立于1900年。 <i>xiangtan</i>");
    expect(page).toContain("党委书记是<mark>夏红</mark>。 <i>xiangtan#11-19</i> ✓");
    expect(page.match(/<svg /g)).toHaveLength(4);
  });

  it("asks nothing of any network", async () => {
    const page = renderReport(await evaluateScripts({}, [FOUNDED]), { language: "en" });
    expect(page).toContain("default-src 'none'");
    expect(page.replaceAll(/xmlns(:xlink)?="[^"]*"/g, "")).not.toMatch(
      /https?:|url\(|<link|<script|<img|@import/,
    );
  });

  it("takes nothing from questions, articles or kinds as markup", async () => {
    const hostile = question({
      id: HOSTILE,
      kind: HOSTILE,
      question: HOSTILE,
      answers: [HOSTILE],
      history: [HOSTILE],
    });
    const report = await evaluateScripts({}, [hostile]);
    const page = renderReport({ ...report, questionSet: HOSTILE, model: HOSTILE }, { language: "zh" });
    expect(page).not.toContain("<script");
    expect(page).not.toMatch(/id="[^"]*alert\("/);
    expect(page).toContain("&#60;script&#62;");
  });
});
