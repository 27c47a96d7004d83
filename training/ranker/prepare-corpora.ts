import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cutAnswer } from "./cut-answer.ts";
import type { TrainingData } from "./training-data.ts";

/**
 * What questions are asked over: all contexts, either half of them, and all of them where one answer each was cut out. The
 * halves teach what it looks like when nothing answers, the cuts what it looks like when only the subject is there.
 */
export const CORPUS_NAMES = ["all", "halfA", "halfB", "cut"] as const;
export type CorpusName = (typeof CORPUS_NAMES)[number];

/** Writes each corpus into a folder of its name, each context as a text file of its id. */
export async function prepareCorpora(data: TrainingData, folder: string): Promise<void> {
  for (const name of CORPUS_NAMES) {
    const corpusFolder = join(folder, name);
    await rm(corpusFolder, { recursive: true, force: true });
    await mkdir(corpusFolder, { recursive: true });
    for (const [id, text] of textsOf(name, data)) await writeFile(join(corpusFolder, `${id}.txt`), text);
  }
}

function textsOf(name: CorpusName, { contexts, marked }: TrainingData): [id: string, text: string][] {
  if (name === "all") return contexts.map(({ id, text }) => [id, text]);
  if (name !== "cut") {
    return contexts.filter(({ half }) => name === `half${half}`).map(({ id, text }) => [id, text]);
  }
  const byId = new Map(marked.map((question) => [question.id, question]));
  return contexts.map(({ id, text, cut }) => {
    const question = cut === undefined ? undefined : byId.get(cut);
    return [id, (question && cutAnswer(question)?.text) ?? text];
  });
}
