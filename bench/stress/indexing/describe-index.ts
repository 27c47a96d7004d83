import { createHash } from "node:crypto";
import type { CorpusIndex } from "../../../src/indexing/corpus-index.ts";

/**
 * A hash of what an index holds and finds: every article and passage, the ten nearest of each of thirty directions, the best of each of
 * two hundred terms, every word and its vector, every sentence and how like it is to a direction. Two indexes with the same hash answer alike.
 */
export function describeIndex({
  articles,
  passages,
  vectors,
  keywords,
  sentences,
  words,
}: CorpusIndex): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([...articles]))
    .update(JSON.stringify(passages));
  for (let i = 0; i < 30; i++)
    hash.update(JSON.stringify(vectors.search(direction(i, vectors.dimensions), 10)));
  for (const term of [...keywords.vocabulary].sort().slice(0, 200)) {
    hash.update(JSON.stringify([term, keywords.search([term], 10)]));
  }
  for (const word of words.vocabulary) hash.update(word).update(words.bytesOf(words.idOf(word)!));
  for (const id of articles.keys()) {
    for (const sentence of sentences.ofArticle(id)) {
      const vector = Float32Array.from(direction(sentence.number, vectors.dimensions));
      const likeness = sentences.vectors.similarity(sentence.number, vector);
      hash.update(JSON.stringify([sentence, likeness]));
    }
  }
  return hash.digest("hex");
}

/** The same numbers every time, in all directions. */
function direction(seed: number, dimensions: number): number[] {
  const numbers = Array.from({ length: dimensions }, (_, i) =>
    Math.sin(12.9898 * (i + 1) + 78.233 * (seed + 1)),
  );
  const length = Math.hypot(...numbers);
  return numbers.map((number) => number / length);
}
