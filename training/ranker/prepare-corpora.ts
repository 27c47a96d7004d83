import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cutAnswer } from "./cut-answer.ts";
import type { TrainingArticle } from "./reading/article-questions.ts";
import type { TrainingData } from "./reading/training-data.ts";

/**
 * What questions are asked over: all contexts, either half of them, and all of them where one answer each was cut out. The
 * halves teach what it looks like when nothing answers, the cuts what it looks like when only the subject is there. Whole articles
 * are asked together (`news`, `features`) and in small groups (`news-0` …), as a folder of a few articles is.
 */
export type CorpusName = string;

type Corpus = { readonly name: CorpusName; readonly texts: readonly (readonly [id: string, text: string])[] };

/** Writes each corpus into a folder of its name, each text as a file of its id, and returns the names. */
export async function prepareCorpora(data: TrainingData, folder: string): Promise<CorpusName[]> {
  const corpora = [...contextCorpora(data), ...articleCorpora(data)];
  for (const { name, texts } of corpora) {
    const corpusFolder = join(folder, name);
    await rm(corpusFolder, { recursive: true, force: true });
    await mkdir(corpusFolder, { recursive: true });
    for (const [id, text] of texts) await writeFile(join(corpusFolder, `${id}.txt`), text);
  }
  return corpora.map(({ name }) => name);
}

/** The small corpus that an article belongs to. */
export function groupOf({ collection, group }: TrainingArticle): CorpusName {
  return `${collection}-${group}`;
}

function contextCorpora({ contexts, marked }: TrainingData): Corpus[] {
  const byId = new Map(marked.map((question) => [question.id, question]));
  const half = (wanted: "A" | "B") =>
    contexts.filter(({ half }) => half === wanted).map(({ id, text }) => [id, text] as const);
  const cut = contexts.map(({ id, text, cut }) => {
    const question = cut === undefined ? undefined : byId.get(cut);
    return [id, (question && cutAnswer(question)?.text) ?? text] as const;
  });
  return [
    { name: "all", texts: contexts.map(({ id, text }) => [id, text]) },
    { name: "halfA", texts: half("A") },
    { name: "halfB", texts: half("B") },
    { name: "cut", texts: cut },
  ];
}

function articleCorpora({ whole: { articles } }: TrainingData): Corpus[] {
  const corpora = new Map<CorpusName, [id: string, text: string][]>();
  for (const article of articles) {
    for (const name of [article.collection, groupOf(article)]) {
      const texts = corpora.get(name) ?? [];
      texts.push([article.id, article.text]);
      corpora.set(name, texts);
    }
  }
  return [...corpora].map(([name, texts]) => ({ name, texts }));
}
