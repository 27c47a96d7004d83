import { type QuestionAnalysis, relationOf } from "../../question/analyse-question.ts";

/** The unit vectors of what a question says; undefined where they could not be had. */
export type QuestionMeaning = {
  readonly whole: Float32Array | undefined;
  /** Of what it asks about what it names. */
  readonly relation: Float32Array | undefined;
  /** Of each of its words that the corpus's vectors lack; those of the others are undefined. */
  readonly words: readonly (Float32Array | undefined)[];
};

/** What is to be embedded of a question: itself, what it asks, and those of its words that `isKnown` does not know. */
export function textsToEmbed(
  question: string,
  analysis: QuestionAnalysis,
  isKnown: (word: string) => boolean,
): readonly [whole: string, relation: string, ...words: (string | undefined)[]] {
  const words = analysis.words.map(({ word }) => (isKnown(word) ? undefined : word));
  return [question, relationOf(question, analysis), ...words];
}

/** `embed` makes a unit vector, or undefined where it cannot. `isKnown` tells the words that the corpus's vectors hold. */
export async function embedQuestion(
  question: string,
  analysis: QuestionAnalysis,
  embed: (text: string) => Promise<readonly number[] | undefined>,
  isKnown: (word: string) => boolean,
): Promise<QuestionMeaning> {
  const texts = textsToEmbed(question, analysis, isKnown);
  const [whole, relation, ...words] = await Promise.all(
    texts.map(async (text) => {
      const vector = text === undefined ? undefined : await embed(text);
      return vector && Float32Array.from(vector);
    }),
  );
  return { whole, relation, words };
}
