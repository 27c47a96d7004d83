import { WenjuError } from "../../errors.ts";
import type { IndexReport } from "../../indexing/build-index.ts";
import type { KeepUpToDateOptions } from "../../reindexing/keep-up-to-date.ts";
import type { Behind } from "../../reindexing/look-for-work.ts";
import { describeError } from "../describe-error.ts";
import { describeReport, describeSkipped } from "../describe-report.ts";
import type { Terminal, Texts } from "../terminal.ts";

type Told = Pick<KeepUpToDateOptions, "onBehind" | "onReport" | "onFailure" | "onWatchError">;

/**
 * Says what becomes of the articles while a server runs: that they have changed, what came of it, and what fails. What fails again and
 * again is told once: a folder that is read-only for good must not fill the log.
 */
export function renewalLines(terminal: Terminal) {
  let isBehind = false;
  let lastFailure = "";
  return {
    onBehind: (behind) => {
      isBehind = true;
      terminal.say(BEHIND[behind]);
    },
    onReport: (report, { replaced }) => {
      for (const file of report.upToDate ? [] : report.skipped) terminal.say(describeSkipped(file));
      const wasBehind = isBehind || lastFailure !== "";
      [isBehind, lastFailure] = [false, ""];
      for (const line of describeOutcome(report, { replaced, wasBehind })) terminal.say(line);
    },
    onFailure: (error) => {
      const { zh, en } = describeError(error).texts;
      // the words name numbers and drafts, which differ each time
      const failure = error instanceof WenjuError ? error.code : en;
      if (failure === lastFailure) return;
      lastFailure = failure;
      terminal.say({
        zh: `索引没有更新成；仍用原来的回答，稍后再试：${zh}`,
        en: `The index was not updated; the old one goes on answering, and it is tried again: ${en}`,
      });
    },
    onWatchError: (error) => {
      const { zh, en } = describeError(error).texts;
      terminal.say({
        zh: `文章文件夹不能监视，改为每分钟查看一次：${zh}`,
        en: `The corpus folder cannot be watched and is looked at once a minute: ${en}`,
      });
    },
  } satisfies Told;
}

const BEHIND: Readonly<Record<Behind, Texts>> = {
  changed: {
    zh: "文章有变化：正在后台更新索引，更新好之前用原来的索引回答。",
    en: "The articles have changed: they are being indexed in the background, and until then the earlier index answers.",
  },
  disordered: {
    zh: "索引需要整理：正在后台进行，整理好之前用现有的这一份回答。",
    en: "The index has to be put in order: that is being done in the background, and until then the one that was opened answers.",
  },
};

/** Nothing where nothing was said to be amiss, and nothing was. */
function describeOutcome(
  report: IndexReport,
  { replaced, wasBehind }: { readonly replaced: boolean; readonly wasBehind: boolean },
): Texts[] {
  const lines = report.upToDate ? [] : [describeReport(report)];
  if (replaced && (wasBehind || report.upToDate)) return [...lines, RENEWED];
  return lines.length === 0 && wasBehind ? [describeReport(report)] : lines;
}

const RENEWED: Texts = { zh: "从现在起用更新后的索引回答。", en: "From now on the updated index answers." };
