import type { Language } from "../../errors.ts";
import { MEASURES, type Measure, type MeasureName } from "../measures.ts";
import type { Change, Comparison } from "./compare-reports.ts";
import type { EvaluationReport, Figure, Figures, Spread } from "./evaluation-report.ts";
import { textTable } from "./text-table.ts";

/** The figures of a report as tables for a terminal: a kind of question a row, a figure with its interval a cell. */
export function formatReport(report: EvaluationReport, language: Language): string {
  const say = (texts: Record<Language, string>) => texts[language];
  return [
    heading(report, language),
    measureTable(report, "search", say({ zh: "检索（%）", en: "search, %" }), language),
    measureTable(report, "answer", say({ zh: "回答（%）", en: "answers, %" }), language),
    spreadTable(report, language),
    refusals(report, language),
    invariant(report, language),
  ].join("\n\n");
}

/** What a comparison with a baseline found. */
export function formatComparison({ compared, ...found }: Comparison, language: Language): string {
  const zh = language === "zh";
  const lines = [zh ? `与基线相同的题目 ${compared} 道。` : `${compared} questions are the baseline's.`];
  for (const change of found.losses) lines.push(`${zh ? "下降" : "Loss"}  ${formatChange(change, language)}`);
  for (const change of found.gains) lines.push(`${zh ? "上升" : "Gain"}  ${formatChange(change, language)}`);
  if (found.losses.length === 0)
    lines.push(zh ? "没有超出 95% 区间的下降。" : "No loss goes beyond the 95 % interval.");
  if (found.lost.length > 0) lines.push(`${zh ? "答错了：" : "Lost: "}${found.lost.join(" ")}`);
  if (found.won.length > 0) lines.push(`${zh ? "答对了：" : "Won: "}${found.won.join(" ")}`);
  return lines.join("\n");
}

/** The figures of every kind, and of all of them last. */
export function rowsOf({ kinds, all }: EvaluationReport, language: Language): [string, Figures][] {
  return [...Object.entries(kinds), [language === "zh" ? "全部" : "all", all]];
}

/** `94 [87–100]`, in percent. */
export function formatFigure(figure: Figure | undefined): string {
  if (!figure) return "–";
  return `${percent(figure.value)} [${percent(figure.low, 0)}–${percent(figure.high, 0)}]`;
}

export function labelOf(name: MeasureName, language: Language): string {
  return MEASURES.find((measure) => measure.name === name)?.label[language] ?? name;
}

function heading(report: EvaluationReport, language: Language): string {
  const { questionSet, retriever, model, articles, passages, all, interval } = report;
  const confidence = percent(interval.confidence, 0);
  return language === "zh"
    ? `${questionSet}：${all.questions} 题；${articles} 篇文章，${passages} 段；检索 ${retriever}，模型 ${model}。方括号内是 ${confidence}% 区间。`
    : `${questionSet}: ${all.questions} questions; ${articles} articles, ${passages} passages; retriever ${retriever}, model ${model}. In brackets: ${confidence} % intervals.`;
}

function measureTable(
  report: EvaluationReport,
  about: Measure["about"],
  title: string,
  language: Language,
): string {
  const measures = MEASURES.filter((measure) => measure.about === about);
  return textTable([
    [title, language === "zh" ? "题数" : "n", ...measures.map(({ label }) => label[language])],
    ...rowsOf(report, language).map(([kind, figures]) => [
      kind,
      String(figures.questions),
      ...measures.map(({ name }) => formatFigure(figures.measures[name])),
    ]),
  ]);
}

function spreadTable(report: EvaluationReport, language: Language): string {
  const headings =
    language === "zh"
      ? ["篇幅与用时", "每条引文字数", "每题引文字数", "毫秒 p50", "p95", "其中检索 p50", "p95"]
      : ["length and time", "chars a quote", "chars an answer", "ms p50", "p95", "search p50", "p95"];
  return textTable([
    headings,
    ...rowsOf(report, language).map(([kind, { quoteCharacters, answerCharacters, milliseconds }]) => [
      kind,
      formatSpread(quoteCharacters, language),
      formatSpread(answerCharacters, language),
      ...[milliseconds.answer, milliseconds.search].flatMap(({ p50, p95 }) => [
        p50.toFixed(1),
        p95.toFixed(1),
      ]),
    ]),
  ]);
}

function formatSpread(spread: Spread | undefined, language: Language): string {
  if (!spread) return "–";
  const { median, max } = spread;
  return language === "zh" ? `中位 ${median} 最多 ${max}` : `median ${median} max ${max}`;
}

function refusals({ all, results }: EvaluationReport, language: Language): string {
  const answerable = results.filter(({ articles }) => articles.length > 0);
  const refused = answerable.filter(({ status }) => status === "no-evidence").length;
  const precision = formatFigure(all.measures.refusalPrecision);
  const recalled = formatFigure(all.measures.refusalRecall);
  return language === "zh"
    ? `拒答：精确率 ${precision}，召回率 ${recalled}；有答案的 ${answerable.length} 题中误拒 ${refused} 题。`
    : `Refusals: precision ${precision}, recall ${recalled}; of ${answerable.length} answerable questions ${refused} refused.`;
}

function invariant({ citations }: EvaluationReport, language: Language): string {
  const { count, atTheirSpan, inTheirFile } = citations;
  return language === "zh"
    ? `引文：共 ${count} 条，与原文位置一致 ${atTheirSpan} 条，见于原文件 ${inTheirFile} 条。`
    : `Quotes: ${count}; ${atTheirSpan} stand at their place, ${inTheirFile} in their file.`;
}

function formatChange({ kind, measure, before, now, low, high }: Change, language: Language): string {
  const label = labelOf(measure, language);
  const where = kind === undefined ? label : `${kind} ${label}`;
  const difference = `${signed(now - before)} [${signed(low)} … ${signed(high)}]`;
  return `${where}: ${percent(before)} → ${percent(now)} (${difference})`;
}

function percent(share: number, digits = 1): string {
  const text = (share * 100).toFixed(digits);
  return text.replace(/\.0$/, "");
}

function signed(share: number): string {
  return `${share < 0 ? "−" : "+"}${percent(Math.abs(share))}`;
}
