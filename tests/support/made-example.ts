import { FIXED_FIGURES, FOUND_FIGURES } from "../../src/answer/ranking/scoring/words/word-figures.ts";
import type { Example } from "../../training/ranker/gather-features.ts";

export type MadeExample = {
  /** A row of features each sentence. */
  readonly rows: readonly (readonly number[])[];
  readonly answers: readonly boolean[];
  /** By sentence, how well each word of the question is matched; no words by default. */
  readonly matches?: readonly (readonly number[])[];
};

/** An example of the ranker's training. */
export function madeExample({ rows, answers, matches = rows.map(() => []) }: MadeExample): Example {
  const words = matches[0]?.length ?? 0;
  const found = matches
    .flat()
    .flatMap((match) => Array.from({ length: FOUND_FIGURES }, (_, i) => match / (i + 1)));
  return {
    features: Float32Array.from(rows.flat()),
    count: rows.length,
    words: {
      words,
      sentences: rows.length,
      fixed: Float32Array.from({ length: words * FIXED_FIGURES }, (_, i) => ((i * 5) % 7) / 7),
      found: Float32Array.from(found),
    },
    answers,
    isAnswerable: answers.includes(true),
    weight: 1,
  };
}
