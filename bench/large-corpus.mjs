import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readCorpus } from "../dist/corpus/read-corpus.js";
import { splitSentences } from "../dist/text/sentences.js";

const SENTENCES_AN_ARTICLE = 100;
const SENTENCES_A_PASSAGE = 6;

/** Writes articles of about so many passages, made of another corpus's sentences, each with a number so that none is like another. */
export async function writeLargeCorpus(folder, passages, source) {
  await mkdir(folder, { recursive: true });
  const { articles } = await readCorpus(source);
  const sentences = articles.flatMap(({ text }) =>
    splitSentences(text).map(({ start, end }) => text.slice(start, end)),
  );
  for (let article = 0; article * SENTENCES_AN_ARTICLE < passages * SENTENCES_A_PASSAGE; article++) {
    const lines = Array.from({ length: SENTENCES_AN_ARTICLE }, (_, i) => {
      const number = article * SENTENCES_AN_ARTICLE + i;
      return `第${number}号：${sentences[(number * 7919) % sentences.length]}`;
    });
    await writeFile(join(folder, `${article}.txt`), `第${article}篇\n\n${lines.join("\n\n")}\n`);
  }
  return folder;
}
