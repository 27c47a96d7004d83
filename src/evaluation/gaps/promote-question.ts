import { readFile, realpath, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Article } from "../../corpus/article.ts";
import { SpokenError } from "../../errors.ts";
import { replaceDurably } from "../../indexing/generation/durable-files.ts";
import { checkQuestions } from "../check-questions.ts";
import { type EvaluationQuestion, NO_ANSWER, parseQuestionSet } from "../question-set.ts";

/** A question that is to stand in a set, and, where an article answers it, in which words. */
export type PromotedQuestion = {
  readonly question: string;
  readonly answer?: { readonly article: string; readonly text: string } | undefined;
};

/** The line that was added. */
export type AddedRow = Readonly<Record<"id" | "kind" | "q", string>> & {
  readonly article?: string;
  readonly answer?: readonly string[];
};

/**
 * Adds one line to a question set, or begins one, by an atomic rename. Throws `QUESTION_SET_INVALID`, and leaves the file as it was,
 * where the set cannot be used, has this question already, or would not be one any more.
 */
export async function promoteQuestion(
  file: string,
  promoted: PromotedQuestion,
  articles: ReadonlyMap<string, Article>,
): Promise<AddedRow> {
  const before = await readIfThere(file);
  const name = basename(file);
  const known = before.trim() === "" ? [] : parseQuestionSet(before, name);
  const earlier = known.find(({ question }) => question === promoted.question);
  if (earlier) throw alreadyThere(name, earlier);
  const row = toRow(promoted, nextId(known));
  const text = `${endLine(before)}${JSON.stringify(row)}\n`;
  const added = parseQuestionSet(text, name).at(-1)!;
  const [remark] = checkQuestions([added], articles);
  if (remark) throw new SpokenError("QUESTION_SET_INVALID", remark);
  await write(file, text);
  return row;
}

/** What a link names is replaced, not the link; who may read the file stays as it was. */
async function write(file: string, text: string): Promise<void> {
  try {
    const place = await realpath(file).catch(() => file);
    const mode = await stat(place)
      .then((facts) => facts.mode & 0o777)
      .catch(() => undefined);
    await replaceDurably(place, text, mode);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SpokenError(
      "QUESTION_SET_INVALID",
      { zh: `题集 ${file} 不能写入：${why}。`, en: `The question set ${file} cannot be written: ${why}.` },
      { cause },
    );
  }
}

async function readIfThere(file: string): Promise<string> {
  return readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return "";
    throw new SpokenError(
      "QUESTION_SET_INVALID",
      {
        zh: `题集 ${file} 不能读取：${cause.message}。`,
        en: `The question set ${file} cannot be read: ${cause.message}.`,
      },
      { cause },
    );
  });
}

function toRow({ question, answer }: PromotedQuestion, id: string): AddedRow {
  if (!answer) return { id, kind: NO_ANSWER, q: question };
  return { id, kind: "fact", q: question, article: answer.article, answer: [answer.text] };
}

/** `gap-1`, `gap-2` …, behind the last of them in the set. */
function nextId(known: readonly EvaluationQuestion[]): string {
  const numbers = known.map(({ id }) => Number(/^gap-(\d{1,9})$/.exec(id)?.[1] ?? 0));
  return `gap-${Math.max(0, ...numbers) + 1}`;
}

function endLine(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function alreadyThere(name: string, { id, question }: EvaluationQuestion): SpokenError {
  return new SpokenError("QUESTION_SET_INVALID", {
    zh: `${name} 里已经有“${question}”（${id}），没有再加。`,
    en: `${name} has "${question}" already (${id}); nothing was added.`,
  });
}
