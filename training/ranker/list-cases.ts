import { cutAnswer } from "./cut-answer.ts";
import type { CorpusName } from "./prepare-corpora.ts";
import type { Context, MarkedQuestion, TrainingData, WrittenQuestion } from "./training-data.ts";

/** A question asked over a corpus, and what the ranker should make of it. */
export type Case = {
  readonly question: string;
  readonly corpus: CorpusName;
  readonly contextId: string;
  /** Null where the corpus does not answer. */
  readonly answer: string | null;
  /** Where the answer begins in the context, if that is known. */
  readonly offset?: number;
  /** How much it counts in the fit. */
  readonly weight: number;
};

/** Twice the weight on reworded questions and near misses lets more of what nothing answers pass; see README.md. */
const WEIGHTS = {
  marked: { all: 1, ownHalf: 0.5, otherHalf: 0.8, kept: 0.5, cut: 0.5 },
  reworded: { all: 0.5, ownHalf: 0.3, otherHalf: 0.5 },
  rewordedNearMiss: { all: 0.7, otherHalf: 0.5 },
  english: { all: 1, otherHalf: 0.6 },
  englishNearMiss: { all: 0.6 },
};

/** Every question over every corpus that teaches something, in the order in which they are fitted. */
export function listCases({ marked, reworded, english }: TrainingData): Case[] {
  const byId = new Map(marked.map((question) => [question.id, question]));
  return [
    ...marked.flatMap((question) => [...casesOfMarked(question), ...casesOverCut(question, byId)]),
    ...reworded.flatMap(casesOfReworded),
    ...english.flatMap(casesOfEnglish),
  ];
}

function casesOfMarked({ text: question, context, answer, offset }: MarkedQuestion): Case[] {
  const asked = { question, contextId: context.id, offset };
  const { all, ownHalf, otherHalf } = WEIGHTS.marked;
  return [
    { ...asked, corpus: "all", answer, weight: all },
    { ...asked, corpus: ownHalfOf(context), answer, weight: ownHalf },
    { ...asked, corpus: otherHalfOf(context), answer: null, weight: otherHalf },
  ];
}

/** None where it is unclear whether what is left still answers. */
function casesOverCut(question: MarkedQuestion, byId: ReadonlyMap<string, MarkedQuestion>): Case[] {
  const { text, context, answer, offset } = question;
  const cutQuestion = context.cut === undefined ? undefined : byId.get(context.cut);
  const cut = cutQuestion && cutAnswer(cutQuestion);
  if (!cut) return [];
  const asked = { question: text, contextId: context.id, corpus: "cut", offset } as const;
  const { kept, cut: removed } = WEIGHTS.marked;
  if (offset < cut.removed.start || offset >= cut.removed.end) return [{ ...asked, answer, weight: kept }];
  const isGone = question === cutQuestion && !cut.text.includes(answer);
  return isGone ? [{ ...asked, answer: null, weight: removed }] : [];
}

function casesOfReworded({ text: question, context, answer }: WrittenQuestion): Case[] {
  const asked = { question, contextId: context.id };
  const elsewhere = otherHalfOf(context);
  if (answer === null) {
    const { all, otherHalf } = WEIGHTS.rewordedNearMiss;
    return [
      { ...asked, corpus: "all", answer, weight: all },
      { ...asked, corpus: elsewhere, answer, weight: otherHalf },
    ];
  }
  const { all, ownHalf, otherHalf } = WEIGHTS.reworded;
  return [
    { ...asked, corpus: "all", answer, weight: all },
    { ...asked, corpus: ownHalfOf(context), answer, weight: ownHalf },
    { ...asked, corpus: elsewhere, answer: null, weight: otherHalf },
  ];
}

function casesOfEnglish({ text: question, context, answer }: WrittenQuestion): Case[] {
  const asked = { question, contextId: context.id };
  if (answer === null) {
    return [{ ...asked, corpus: "all", answer, weight: WEIGHTS.englishNearMiss.all }];
  }
  const { all, otherHalf } = WEIGHTS.english;
  return [
    { ...asked, corpus: "all", answer, weight: all },
    { ...asked, corpus: otherHalfOf(context), answer: null, weight: otherHalf },
  ];
}

function ownHalfOf({ half }: Context): CorpusName {
  return half === "A" ? "halfA" : "halfB";
}

function otherHalfOf({ half }: Context): CorpusName {
  return half === "A" ? "halfB" : "halfA";
}
