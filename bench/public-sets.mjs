import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Converter } from "opencc-js/t2cn";
import { articleIds } from "../dist/corpus/article-id.js";

/** The sets, and what is made of them before they are asked. */
const SETS = {
  cmrc: { file: "cmrc2018_dev.json", crossedWith: "drcd" },
  drcd: { file: "DRCD_test.json", crossedWith: "cmrc" },
  "drcd-simplified": {
    file: "DRCD_test.json",
    crossedWith: "cmrc",
    convert: Converter({ from: "t", to: "cn" }),
  },
};

export const SET_NAMES = Object.keys(SETS);

/** Questions and contexts of a set in SQuAD form; each context becomes an article of its own. */
export async function readPublicSet(folder, name) {
  const { file, crossedWith, convert = (text) => text } = SETS[name];
  const { data } = JSON.parse(await readFile(join(folder, file), "utf8"));
  const paragraphs = data.flatMap((article) => article.paragraphs);
  const ids = articleIds(paragraphs.map(({ id }) => `${id}.txt`));
  const questions = paragraphs.flatMap(({ id, qas }) =>
    qas.map(({ id: questionId, question, answers }) => ({
      id: String(questionId),
      kind: "answerable",
      question: convert(question),
      history: [],
      articles: [ids.get(`${id}.txt`)],
      answers: [...new Set(answers.map(({ text }) => convert(text)))],
    })),
  );
  const contexts = paragraphs.map(({ id, context }) => ({ id, context: convert(context) }));
  return { name, crossedWith, questions, contexts };
}

/** Writes the contexts, and nothing else, as a corpus folder. */
export async function writeContexts({ contexts }, folder) {
  await mkdir(folder, { recursive: true });
  for (const { id, context } of contexts) await writeFile(join(folder, `${id}.txt`), `${context}\n`);
  return folder;
}

/** Every so manieth, so that a few stand for all. */
export function thin(questions, limit) {
  if (questions.length <= limit) return questions;
  const step = questions.length / limit;
  return Array.from({ length: limit }, (_, i) => questions[Math.floor(i * step)]);
}
