import type { Passage } from "../../chunk/passage.ts";
import type { Language } from "../../errors.ts";
import { MEASURES } from "../measures.ts";
import { latencyChart, lengthChart, measureChart } from "./charts.ts";
import { isRight } from "./compare-reports.ts";
import type { EvaluationReport, QuestionResult } from "./evaluation-report.ts";
import { formatFigure, rowsOf } from "./format-report.ts";
import { Html, html } from "./html.ts";

export type RenderOptions = {
  readonly language: Language;
  /** What was found is shown with its text, as far as it is among these. */
  readonly passages?: readonly Passage[];
};

/** A report as one page that needs nothing else: figures, charts, and each miss with what was returned. */
export function renderReport(report: EvaluationReport, { language, passages = [] }: RenderOptions): string {
  const words = WORDS[language];
  const misses = report.results.filter((result) => !isRight(result));
  const texts = new Map(passages.map(({ id, text }) => [id, text]));
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${report.questionSet}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<h1>${words.title} ${report.questionSet}</h1>
<p>${words.about(report)}</p>
${renderFigures(report, language)}
${renderCharts(report, language)}
<h2>${words.misses} (${misses.length} / ${report.results.length})</h2>
${misses.map((miss) => renderMiss(miss, texts, language))}
</body>
</html>
`;
  return page.toString();
}

function renderFigures(report: EvaluationReport, language: Language): Html {
  const rows = rowsOf(report, language);
  return html`<div class="wide"><table>
<thead><tr><th></th>${rows.map(([kind]) => html`<th scope="col">${kind}</th>`)}</tr></thead>
<tbody>
<tr><th scope="row">${WORDS[language].count}</th>${rows.map(([, { questions }]) => html`<td>${questions}</td>`)}</tr>
${MEASURES.map(
  ({ name, label }) => html`<tr><th scope="row">${label[language]}</th>${rows.map(
    ([, { measures }]) => html`<td>${formatFigure(measures[name])}</td>`,
  )}</tr>
`,
)}</tbody></table></div>`;
}

function renderCharts(report: EvaluationReport, language: Language): Html {
  const words = WORDS[language];
  const charts: [string, Html][] = [
    [words.quotes, measureChart(report, ["citationHit@1", "citationHit@3", "rightDecision"], language)],
    [words.search, measureChart(report, ["answerRecall@1", "answerRecall@5", "answerRecall@10"], language)],
    [words.latency, latencyChart(report, language)],
    [words.lengths, lengthChart(report)],
  ];
  return html`<div class="charts">${charts.map(
    ([caption, chart]) => html`<figure><figcaption>${caption}</figcaption>${chart}</figure>`,
  )}</div>`;
}

function renderMiss(miss: QuestionResult, texts: ReadonlyMap<string, string>, language: Language): Html {
  const words = WORDS[language];
  const { id, kind, question, history, articles, answers, citations, hits, status } = miss;
  const expected = articles.length > 0 ? `${answers.join(" / ")} (${articles.join(", ")})` : words.nothing;
  return html`<details open id="${id}"><summary><b>${id}</b> ${kind} · ${question}</summary>
${history.length > 0 ? html`<p class="faint">${words.history} ${history.join(" → ")}</p>` : ""}
<p>${words.expected} <b>${expected}</b></p>
<p>${words.returned} ${status === "answered" ? "" : words.refused}</p>
<ol>${citations.map(
    ({ articleId, quote, holds }) => html`<li>${mark(quote, answers)} <i>${articleId}</i>${tick(holds)}</li>`,
  )}</ol>
<details><summary>${words.found}</summary><ol>${hits.map(
    ({ passageId, holds }) =>
      html`<li>${mark(texts.get(passageId) ?? "", answers)} <i>${passageId}</i>${tick(holds)}</li>`,
  )}</ol></details>
</details>
`;
}

function tick(holds: boolean): string {
  return holds ? " ✓" : "";
}

function mark(text: string, answers: readonly string[]): Html {
  const found = answers.find((answer) => text.includes(answer));
  if (found === undefined) return html`${text}`;
  const at = text.indexOf(found);
  return html`${text.slice(0, at)}<mark>${found}</mark>${text.slice(at + found.length)}`;
}

const WORDS = {
  zh: {
    title: "评测",
    about: ({ measuredAt, retriever, model, articles, passages }: EvaluationReport) =>
      `${measuredAt} · 检索 ${retriever} · 模型 ${model} · ${articles} 篇文章 ${passages} 段 · 单位 %，方括号内是 95% 区间`,
    count: "题数",
    quotes: "回答：引文与拒答（%）",
    search: "检索：含有答案的段落（%）",
    latency: "用时（毫秒）",
    lengths: "引文字数",
    misses: "没有答对的题",
    history: "此前问过：",
    expected: "应答：",
    returned: "所答：",
    refused: "拒答",
    nothing: "应当拒答",
    found: "检索到的段落",
  },
  en: {
    title: "Evaluation of",
    about: ({ measuredAt, retriever, model, articles, passages }: EvaluationReport) =>
      `${measuredAt} · retriever ${retriever} · model ${model} · ${articles} articles, ${passages} passages · percent, 95 % intervals in brackets`,
    count: "questions",
    quotes: "Answers: quotes and refusals, %",
    search: "Search: passages that hold the answer, %",
    latency: "Time, milliseconds",
    lengths: "Characters of a quote",
    misses: "Misses",
    history: "Asked before:",
    expected: "Expected:",
    returned: "Returned:",
    refused: "refused",
    nothing: "a refusal",
    found: "Passages found",
  },
} as const satisfies Record<Language, unknown>;

const STYLE = `
body { margin: 2rem auto; max-width: 96rem; padding: 0 1rem; font: 16px/1.6 system-ui, sans-serif; color: #1d1d1f; background: #fff; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap; }
th[scope=row] { text-align: left; }
.wide { overflow-x: auto; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(28rem, 1fr)); gap: 1rem; }
figure { margin: 1rem 0; }
svg { width: 100%; height: auto; }
details { margin: .75rem 0; padding: .25rem 1rem; border-left: 3px solid #ccc; }
summary { cursor: pointer; }
p { margin: .25rem 0; }
.faint, i { color: #595959; }
`;
