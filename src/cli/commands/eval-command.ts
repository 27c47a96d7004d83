import { access, constants, writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Passage } from "../../chunk/passage.ts";
import { readConfig } from "../../config.ts";
import { SpokenError } from "../../errors.ts";
import { checkQuestions, type Remark } from "../../evaluation/check-questions.ts";
import { evaluate } from "../../evaluation/evaluate.ts";
import { type EvaluationQuestion, readQuestionSet } from "../../evaluation/question-set.ts";
import { readSources } from "../../evaluation/read-sources.ts";
import { compareReports } from "../../evaluation/report/compare-reports.ts";
import { type EvaluationReport, readReport } from "../../evaluation/report/evaluation-report.ts";
import { formatComparison, formatReport } from "../../evaluation/report/format-report.ts";
import { RETRIEVER_NAMES, type RetrieverName } from "../../open-chatbot.ts";
import type { CliContext, JsonFlags } from "../cli-context.ts";
import { openWithProgress } from "../open-with-progress.ts";

export type EvalFlags = JsonFlags & {
  readonly retriever?: string | undefined;
  readonly baseline?: string | undefined;
  readonly html?: string | undefined;
};

/** `wenju eval`: measures the answers to a set of questions; exits 1 where they are worse than the baseline's. */
export async function runEval(file: string, flags: EvalFlags, context: CliContext): Promise<number> {
  const { json, baseline, html, ...settings } = flags;
  const retriever = parseRetriever(settings.retriever);
  const questions = await readQuestionSet(file);
  const before = baseline === undefined ? undefined : await readReport(baseline);
  if (html !== undefined) await expectWritable(html);
  const { report, passages } = await measure({ file, questions, retriever }, settings, context);
  const { terminal } = context;
  terminal.print(json ? JSON.stringify(report) : formatReport(report, terminal.language));
  if (html !== undefined) await writeHtml(html, report, passages, context);
  return before ? judge(before, report, json === true, context) : 0;
}

type Task = {
  readonly file: string;
  readonly questions: readonly EvaluationQuestion[];
  readonly retriever: RetrieverName;
};

async function measure(
  { file, questions, retriever }: Task,
  flags: JsonFlags,
  context: CliContext,
): Promise<{ report: EvaluationReport; passages: readonly Passage[] }> {
  const { terminal, signal } = context;
  const config = readConfig(flags, context.environment);
  const { chatbot, index, close } = await openWithProgress(config, context, { retriever });
  const progress = terminal.progress({ zh: "提问", en: "Asking" });
  try {
    sayRemarks(checkQuestions(questions, chatbot.articles), context);
    const report = await evaluate({
      chatbot,
      questions,
      passages: index.passages,
      sources: await readSources(config.corpusFolder),
      about: {
        questionSet: basename(file),
        retriever,
        model: index.modelId,
        measuredAt: new Date().toISOString(),
      },
      signal,
      onProgress: (done, total) => progress.show(done, total),
    });
    return { report, passages: index.passages };
  } finally {
    progress.end();
    await close();
  }
}

const SHOWN_REMARKS = 10;

function sayRemarks(remarks: readonly Remark[], { terminal }: CliContext): void {
  for (const remark of remarks.slice(0, SHOWN_REMARKS)) terminal.say(remark);
  const more = remarks.length - SHOWN_REMARKS;
  if (more > 0) terminal.say({ zh: `还有 ${more} 处同类问题。`, en: `And ${more} more like these.` });
}

/** A comparison is a result of its own; next to JSON it goes where everything else goes. */
function judge(
  before: EvaluationReport,
  report: EvaluationReport,
  json: boolean,
  { terminal }: CliContext,
): number {
  const comparison = compareReports(before, report);
  if (comparison.compared === 0) throw foreignBaseline(before, report);
  if (json) {
    terminal.say({ zh: formatComparison(comparison, "zh"), en: formatComparison(comparison, "en") });
  } else {
    terminal.print(`\n${formatComparison(comparison, terminal.language)}`);
  }
  return comparison.losses.length > 0 ? 1 : 0;
}

async function writeHtml(
  path: string,
  report: EvaluationReport,
  passages: readonly Passage[],
  { terminal }: CliContext,
): Promise<void> {
  // the charts' library takes longer to load than a question to answer
  const { renderReport } = await import("../../evaluation/report/render-report.ts");
  await writeFile(path, renderReport(report, { language: terminal.language, passages }));
  terminal.say({ zh: `报告已写入 ${path}`, en: `The report is in ${path}` });
}

function parseRetriever(name: string = "hybrid"): RetrieverName {
  const known = RETRIEVER_NAMES.find((each) => each === name);
  if (known) return known;
  const names = RETRIEVER_NAMES.join(", ");
  throw new SpokenError("USAGE", {
    zh: `--retriever 应当是 ${names} 之一，而不是“${name}”。`,
    en: `--retriever must be one of ${names}, not "${name}".`,
  });
}

/** Better known before minutes of questions. */
async function expectWritable(path: string): Promise<void> {
  await access(dirname(resolve(path)), constants.W_OK).catch((cause: unknown) => {
    throw new SpokenError(
      "USAGE",
      {
        zh: `--html 不能写入 ${path}。请换一个文件。`,
        en: `--html cannot write ${path}. Name another file.`,
      },
      { cause },
    );
  });
}

function foreignBaseline(before: EvaluationReport, report: EvaluationReport): SpokenError {
  return new SpokenError("QUESTION_SET_INVALID", {
    zh: `基线（${before.questionSet}）里没有 ${report.questionSet} 的任何题目，无法比较。请重新生成基线。`,
    en: `The baseline (${before.questionSet}) has none of the questions of ${report.questionSet}. Make it anew.`,
  });
}
