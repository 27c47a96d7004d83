import type { WordVectors } from "../../indexing/word-vectors.ts";
import { type QuestionAnalysis, relationOf } from "../../question/analyse-question.ts";

/** The unit vectors of what a question says; undefined where they could not be had. */
export type QuestionMeaning = {
  readonly whole: Float32Array | undefined;
  /** Of what it asks about what it names. */
  readonly relation: Float32Array | undefined;
  /** Of each of its words. */
  readonly words: readonly (Float32Array | undefined)[];
};

/** `embed` makes a unit vector, or undefined where it cannot. Words that the corpus knows need none. */
export async function embedQuestion(
  question: string,
  analysis: QuestionAnalysis,
  embed: (text: string) => Promise<readonly number[] | undefined>,
  known: WordVectors,
): Promise<QuestionMeaning> {
  const embedText = async (text: string) => {
    const vector = await embed(text);
    return vector && Float32Array.from(vector);
  };
  const embedWord = (word: string) => {
    const id = known.idOf(word);
    return id === undefined ? embedText(word) : known.vectorOf(id);
  };
  const [whole, relation, ...wordVectors] = await Promise.all([
    embedText(question),
    embedText(relationOf(question, analysis)),
    ...analysis.words.map(({ word }) => embedWord(word)),
  ]);
  return { whole, relation, words: wordVectors };
}
