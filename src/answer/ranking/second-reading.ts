import { analyseQuestion } from "../../question/analyse-question.ts";
import type { FoundPassage } from "./scoring/scoring-task.ts";

/** What a question asks of the one organisation it names, in the words in which the articles that name it would be asked. */
export type SecondReading = { readonly question: string; readonly organisation: string };

/**
 * Log odds from which on a question is not read again. That spares half of the readings of the 130 questions with one organisation
 * among those about the articles in `corpus/`, and loses one answer.
 */
export const SURE = 2;

/**
 * Where the first reading leaves doubts, a question that names an organisation is read without the name, over the articles that name
 * it: there the name tells no sentence from another, and speaks for articles that say nothing of what is asked.
 * undefined where it names none or several, or asks nothing else.
 */
export function secondReading(question: string): SecondReading | undefined {
  const { text, organisations, isEnglish } = analyseQuestion(question);
  const [organisation = "", ...others] = organisations;
  const at = text.indexOf(organisation);
  if (organisation === "" || others.length > 0 || isEnglish || at < 0) return undefined;
  const rest = text.slice(0, at) + text.slice(at + organisation.length).replace(JOINT, "");
  return analyseQuestion(rest).words.length === 0 ? undefined : { question: rest, organisation };
}

/** What joins a name to the words after it. */
const JOINT = /^(?:的|里|在|[,，、\s])/u;

/** The passages of articles that name the organisation. */
export function passagesNaming(
  organisation: string,
  passages: readonly FoundPassage[],
): readonly FoundPassage[] {
  return passages.filter(({ article }) => article.includes(organisation));
}

/**
 * In log odds: the mean is less sure than the first reading. With this added, no more questions about articles that the ranker was
 * not fitted on are refused than by the first reading alone (2.1 %).
 */
const OFFSET = 0.4;

/** The scores of the first reading, in the passages that were read again the mean of both. */
export function joinReadings(
  passages: readonly FoundPassage[],
  scores: Float64Array,
  again: { readonly passages: readonly FoundPassage[]; readonly scores: Float64Array },
): Float64Array {
  const joined = scores.slice();
  const readAgain = new Set(again.passages);
  let place = 0;
  let placeAgain = 0;
  for (const found of passages) {
    for (const _ of found.passage.sentences) {
      if (readAgain.has(found)) joined[place] = (scores[place]! + again.scores[placeAgain++]!) / 2 + OFFSET;
      place += 1;
    }
  }
  return joined;
}
