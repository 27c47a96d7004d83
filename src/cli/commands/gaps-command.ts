import { resolve } from "node:path";
import { readConfig } from "../../config.ts";
import { SpokenError } from "../../errors.ts";
import { askAgain } from "../../evaluation/gaps/ask-again.ts";
import { findGaps, type Gap, type VainQuestion } from "../../evaluation/gaps/find-gaps.ts";
import { formatGaps } from "../../evaluation/gaps/format-gaps.ts";
import { type PromotedQuestion, promoteQuestion } from "../../evaluation/gaps/promote-question.ts";
import type { OpenedChatbot } from "../../open-chatbot.ts";
import type { CliContext, JsonFlags } from "../cli-context.ts";
import { openWithProgress } from "../open-with-progress.ts";
import { readVainQuestions } from "./read-vain-questions.ts";

export type GapsFlags = JsonFlags & {
  readonly days?: string | undefined;
  readonly promote?: string | undefined;
  readonly set?: string | undefined;
  readonly article?: string | undefined;
  readonly answer?: string | undefined;
};

/** `wenju gaps`: what readers asked in vain, grouped by meaning; with `--promote`, one of them becomes a question of a set. */
export async function runGaps(flags: GapsFlags, context: CliContext): Promise<number> {
  const { json = false, days, promote, set, article, answer, ...settings } = flags;
  const promotion = parsePromotion({ promote, set, article, answer });
  const config = readConfig(settings, context.environment);
  const asked = await readVainQuestions(config, parseDays(days));
  if (asked.length === 0 && !promotion) return sayNone(json, context);
  const opened = await openWithProgress(config, context);
  try {
    const { signal } = context;
    const gaps = await findGaps(asked, (texts) => opened.model.embedDocuments(texts, { signal }));
    if (promotion) await addToSet(gaps, promotion, opened, json, context);
    else await list(asked, gaps, opened, json, context);
    return 0;
  } finally {
    await opened.close();
  }
}

/** Of all gaps, the most asked; asking each again takes a few hundredths of a second. */
const SHOWN_GAPS = 100;

async function list(
  asked: readonly VainQuestion[],
  gaps: readonly Gap[],
  { chatbot }: OpenedChatbot,
  json: boolean,
  { terminal, signal }: CliContext,
): Promise<void> {
  const progress = terminal.progress({ zh: "重新提问", en: "Asking again" });
  const onProgress = (done: number, total: number) => progress.show(done, total);
  const shown = await askAgain(gaps.slice(0, SHOWN_GAPS), chatbot, { signal, onProgress }).finally(() =>
    progress.end(),
  );
  const more = gaps.length - shown.length;
  if (json) {
    terminal.print(JSON.stringify({ asked: asked.length, gaps: shown, more }));
    return;
  }
  terminal.print(formatGaps(shown, terminal.language));
  if (more > 0) terminal.say({ zh: `还有 ${more} 个问得更少的。`, en: `And ${more} that were asked less.` });
}

function sayNone(json: boolean, { terminal }: CliContext): number {
  if (json) terminal.print(JSON.stringify({ asked: 0, gaps: [], more: 0 }));
  else terminal.say({ zh: "没有读者问过而答不上的问题。", en: "No reader has asked in vain." });
  return 0;
}

type Promotion = { readonly number: number; readonly file: string } & Pick<PromotedQuestion, "answer">;

async function addToSet(
  gaps: readonly Gap[],
  { number, file, answer }: Promotion,
  { chatbot }: OpenedChatbot,
  json: boolean,
  { terminal }: CliContext,
): Promise<void> {
  const gap = gaps.find((each) => each.number === number);
  if (!gap) throw noSuchGap(number, gaps.length);
  const row = await promoteQuestion(file, { question: gap.question, answer }, chatbot.articles);
  terminal.print(JSON.stringify(row));
  if (!json) terminal.say({ zh: `已加入 ${file}。`, en: `Added to ${file}.` });
}

function parsePromotion({ promote, set, article, answer }: GapsFlags): Promotion | undefined {
  if (promote === undefined) {
    const flag = Object.entries({ set, article, answer }).find(([, value]) => value !== undefined)?.[0];
    if (flag) throw usage(`--${flag} 要与 --promote 一起用。`, `--${flag} belongs to --promote.`);
    return undefined;
  }
  if (!/^[1-9]\d{0,8}$/.test(promote)) {
    throw usage(
      `--promote 应当是列表里的序号，例如 1，而不是“${promote}”。`,
      `--promote must be a number of the list such as 1, not "${promote}".`,
    );
  }
  if (!set) throw usage("--promote 要与 --set <题集> 一起用。", "--promote needs --set <file>.");
  if ((article === undefined) !== (answer === undefined)) {
    throw usage("--article 与 --answer 要一起用。", "--article and --answer belong together.");
  }
  const known = article !== undefined && answer !== undefined ? { article, text: answer } : undefined;
  return { number: Number(promote), file: resolve(set), answer: known };
}

function parseDays(days: string | undefined): number | undefined {
  if (days === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(days)) return Number(days);
  throw usage(
    `--days 应当是 1 到 9999 之间的整数，而不是“${days}”。`,
    `--days must be a whole number from 1 to 9999, not "${days}".`,
  );
}

function noSuchGap(number: number, count: number): SpokenError {
  return usage(
    `没有第 ${number} 个问题：列表里共有 ${count} 个。`,
    `There is no number ${number}: the list has ${count}.`,
  );
}

function usage(zh: string, en: string): SpokenError {
  return new SpokenError("USAGE", { zh, en });
}
