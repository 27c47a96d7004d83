import { join } from "node:path";
import { WenjuError } from "../../../src/errors.ts";
import { type ArticleData, readArticleData } from "./article-questions.ts";
import { type QuestionRow, readQuestionRows } from "./question-rows.ts";
import { readTable } from "./read-table.ts";

/** A paragraph that questions were written about. */
export type Context = {
  /** `c0000` …: the name of its article in every corpus. */
  readonly id: string;
  readonly text: string;
  /** Which of the two halves holds it. */
  readonly half: "A" | "B";
  /** The question whose answer is cut out of the corpus `cut`. */
  readonly cut: string | undefined;
  /** Whether the embedding model was trained on it. */
  readonly isFamiliar: boolean;
};

/** A question whose answer was marked in its context. */
export type MarkedQuestion = {
  readonly id: string;
  readonly text: string;
  readonly context: Context;
  readonly answer: string;
  /** Where the answer begins in the context, in UTF-16 units. */
  readonly offset: number;
};

/** A question that was written for a context; `answer` is null where the context says nothing of what it asks. */
export type WrittenQuestion = {
  readonly text: string;
  readonly context: Context;
  readonly answer: string | null;
};

export type TrainingData = {
  readonly contexts: readonly Context[];
  readonly marked: readonly MarkedQuestion[];
  /** For each context a marked question in other words, a near miss, and a new question in plain words. */
  readonly reworded: readonly WrittenQuestion[];
  /** For each context a near miss and a question, in English. */
  readonly english: readonly WrittenQuestion[];
  /** Whole articles, and questions about them: in their words, in other words, and near misses. */
  readonly whole: ArticleData;
};

export type TrainingFiles = { readonly questions: string; readonly articles: string };

/**
 * Joins the tables of `folder` with the texts they are about.
 * Throws `QUESTION_SET_INVALID` where the files have other texts than those that were marked.
 */
export async function readTrainingData(
  folder: string,
  { questions: questionFile, articles: articleFile }: TrainingFiles,
): Promise<TrainingData> {
  const rows = await readQuestionRows(questionFile);
  const rowOf = (id: string): QuestionRow => found(rows.get(id), id, questionFile);
  const table = (name: string) => readTable(join(folder, `${name}.tsv`));
  const contexts = (await table("contexts")).map((cells) => readContext(cells, rowOf));
  const byId = new Map(contexts.map((context) => [context.id, context]));
  const byText = new Map(contexts.map((context) => [context.text, context]));
  const contextOf = (id: string): Context => found(byId.get(id), id, "contexts.tsv");
  const marked = (await table("answers")).map(([id = "", answer = "", offset = ""]) => {
    const { q, ctx } = rowOf(id);
    const context = found(byText.get(ctx), id, "contexts.tsv");
    return checkMarked({ id, text: q, context, answer, offset: Number(offset) });
  });
  const answers = new Map(marked.map(({ id, answer }) => [id, answer]));
  const nearMisses = new Map((await table("near-misses")).map(([id = "", text = ""]) => [id, text]));
  const reworded = (await table("paraphrases")).flatMap(
    ([id = "", question = "", paraphrase = "", plain = "", answer = ""]): WrittenQuestion[] => {
      const context = contextOf(id);
      return [
        { text: paraphrase, context, answer: found(answers.get(question), question, "answers.tsv") },
        { text: found(nearMisses.get(id), id, "near-misses.tsv"), context, answer: null },
        { text: plain, context, answer },
      ];
    },
  );
  const english = (await table("english")).flatMap(
    ([id = "", text = "", answer = "", nearMiss = ""]): WrittenQuestion[] => [
      { text: nearMiss, context: contextOf(id), answer: null },
      { text, context: contextOf(id), answer },
    ],
  );
  return { contexts, marked, reworded, english, whole: await readArticleData(folder, articleFile) };
}

function readContext(
  [id = "", question = "", length = "", half = "", cut = "", model = ""]: readonly string[],
  rowOf: (id: string) => QuestionRow,
): Context {
  const { ctx } = rowOf(question);
  if (ctx.length !== Number(length)) {
    throw otherTexts(`The context of ${question} has ${ctx.length} characters, expected ${length}.`);
  }
  return {
    id,
    text: ctx,
    half: half === "A" ? "A" : "B",
    cut: cut === "-" ? undefined : cut,
    isFamiliar: model === "read",
  };
}

function checkMarked(question: MarkedQuestion): MarkedQuestion {
  const { id, answer, offset, context } = question;
  if (context.text.startsWith(answer, offset)) return question;
  throw otherTexts(`The context of ${id} does not hold ${answer} at character ${offset}.`);
}

function found<T>(value: T | undefined, id: string, where: string): T {
  if (value === undefined) throw otherTexts(`There is no ${id} in ${where}.`);
  return value;
}

function otherTexts(what: string): WenjuError {
  return new WenjuError(
    "QUESTION_SET_INVALID",
    `${what} Make the question file as training/ranker/README.md says.`,
  );
}
