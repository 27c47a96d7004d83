import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { WenjuError } from "../errors.ts";

/** A question and what a right answer to it is. */
export type EvaluationQuestion = {
  readonly id: string;
  /** The group that figures are given for, such as `fact`; `NO_ANSWER` for a question that the corpus does not answer. */
  readonly kind: string;
  readonly question: string;
  /** What the reader asked before, oldest first. */
  readonly history: readonly string[];
  /** The ids of the articles that answer; each must be cited. Empty where nothing answers. */
  readonly articles: readonly string[];
  /** Any of these, white space aside, in a quote from the right article makes a hit. */
  readonly answers: readonly string[];
};

/** The kind of the questions that nothing in the corpus answers. */
export const NO_ANSWER = "none";

/**
 * Reads questions, one JSON object a line: `{ id, kind, q, history?, article | articles, answer: [] }`; kind `none` needs
 * neither article nor answer. Other keys may stand there and are ignored.
 * Throws `QUESTION_SET_INVALID` with the numbers of the lines that cannot be used.
 */
export async function readQuestionSet(path: string): Promise<EvaluationQuestion[]> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new WenjuError("QUESTION_SET_INVALID", `The question set ${path} cannot be read: ${why}.`, {
      cause,
    });
  });
  return parseQuestionSet(text, basename(path));
}

/** Like `readQuestionSet`, from a text; `name` is what errors call it. */
export function parseQuestionSet(text: string, name: string): EvaluationQuestion[] {
  const questions: EvaluationQuestion[] = [];
  const mistakes: string[] = [];
  const lineOfId = new Map<string, number>();
  text
    .replace(/^\ufeff/u, "")
    .split("\n")
    .forEach((line, i) => {
      if (line.trim() === "") return;
      try {
        const question = parseLine(line);
        const earlier = lineOfId.get(question.id);
        if (earlier !== undefined) throw new Error(`id "${question.id}" stands in line ${earlier} already`);
        lineOfId.set(question.id, i + 1);
        questions.push(question);
      } catch (error) {
        mistakes.push(`line ${i + 1}: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  if (mistakes.length > 0) throw new WenjuError("QUESTION_SET_INVALID", describeMistakes(name, mistakes));
  if (questions.length === 0) throw new WenjuError("QUESTION_SET_INVALID", `${name} holds no questions.`);
  return questions;
}

const text = z.string().trim().min(1);
const texts = z.array(text).min(1);

const row = z.object({
  id: text,
  kind: text.max(40),
  q: text.max(500),
  history: z.array(text.max(500)).optional(),
  article: text.optional(),
  articles: texts.optional(),
  answer: texts.optional(),
});

function parseLine(line: string): EvaluationQuestion {
  const result = row.safeParse(parseJson(line));
  if (!result.success) throw new Error(describeIssues(result.error));
  const { id, kind, q: question, history = [], article, articles = [], answer = [] } = result.data;
  const asked = { id, kind, question, history };
  if (kind === NO_ANSWER) return { ...asked, articles: [], answers: [] };
  const expected = [...new Set(article === undefined ? articles : [article, ...articles])];
  if (expected.length === 0) throw new Error('"article" or "articles" must name what answers');
  if (answer.length === 0)
    throw new Error('"answer" must be a list of texts, one of which a right quote holds');
  return { ...asked, articles: expected, answers: answer };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error("is no JSON object");
  }
}

function describeIssues({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => {
      const [key] = path;
      if (key === undefined) return "is no JSON object";
      return `"${String(key)}" ${EXPECTED[String(key)] ?? message}`;
    })
    .join(", ");
}

const EXPECTED: Readonly<Record<string, string>> = {
  id: "must be a text that no other line has",
  kind: "must be a word such as fact, or none where nothing answers",
  q: "must be a question of 1 to 500 characters",
  history: "must be a list of earlier questions",
  article: "must be the id of an article",
  articles: "must be a list of article ids",
  answer: "must be a list of texts, one of which a right quote holds",
};

const SHOWN = 5;

function describeMistakes(name: string, mistakes: readonly string[]): string {
  const more = mistakes.length > SHOWN ? `; and ${mistakes.length - SHOWN} more lines` : "";
  return `${name}, ${mistakes.slice(0, SHOWN).join("; ")}${more}.`;
}
