import type { Article } from "../../corpus/article.ts";
import type { EmbeddingModel } from "../../embed/embedding-model.ts";
import { runInTurns, type Steps } from "../../steps.ts";
import { contentWords } from "../../text/content-words.ts";
import { foldAligned } from "../../text/fold.ts";
import { segmentForSearch } from "../../text/segment.ts";
import { WordVectors } from "../word-vectors.ts";
import { quantise } from "./quantise.ts";

/** The most frequent ones, which come first: what a larger corpus says once in a while is matched letter by letter. */
const MOST_WORDS = 40_000;
const BATCH = 500;

export type EmbedWordsOptions = {
  readonly model: EmbeddingModel;
  /** Words that the same model has read before. */
  readonly known?: WordVectors | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Embeds the words of the articles that mean something by themselves, those aside that are known. Throws `EMBEDDING_FAILED` or
 * `ABORTED`.
 */
export async function embedWords(
  articles: readonly Article[],
  { model, known, signal }: EmbedWordsOptions,
): Promise<WordVectors> {
  const counts = await runInTurns(countWords(articles));
  const words = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_WORDS)
    .map(([word]) => word);
  const made = new Map<string, Int8Array>();
  const unknown = words.filter((word) => known?.idOf(word) === undefined);
  for (let start = 0; start < unknown.length; start += BATCH) {
    const batch = unknown.slice(start, start + BATCH);
    const vectors = await model.embedDocuments(batch, { signal });
    batch.forEach((word, i) => {
      made.set(word, quantise(vectors[i]!));
    });
  }
  const vectorOf = (word: string) => made.get(word) ?? known!.bytesOf(known!.idOf(word)!);
  return WordVectors.build(words, words.map(vectorOf), model.dimensions);
}

/** Long words count with the shorter ones inside them: an English _hospital_ is to find 医院 in 中心医院. */
function* countWords(articles: readonly Article[]): Steps<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { title, text } of articles) {
    for (const line of [title, ...text.split("\n")]) {
      for (const { word } of contentWords(foldAligned(line))) {
        for (const part of segmentForSearch(word)) counts.set(part, (counts.get(part) ?? 0) + 1);
      }
      yield;
    }
  }
  return counts;
}
