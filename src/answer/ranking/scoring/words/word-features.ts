import type { SentenceContext } from "../sentence-context.ts";
import type { WordWeights } from "./local-weights.ts";
import { bestMatches, heaviestMissing, matchOfRarest, shareAbove, shareOf } from "./question-words.ts";
import type { MatchedSentences } from "./word-figures.ts";
import type { MatchedQuestion } from "./word-matcher.ts";
import { headOf, type WordMatches } from "./word-matches.ts";

/** Sentences before, over which a name that was mentioned fades to 1/e. */
const FADING = 3;

/**
 * What whole words of the question say of each sentence: as weighed in the corpus, and as weighed in the sentence's article, where
 * what nearly every sentence says (the article's subject) tells none of them apart.
 */
export function wordFeatures(
  question: MatchedQuestion,
  { sentences, matches: all, local }: Pick<MatchedSentences, "sentences" | "matches" | "local">,
): number[][] {
  const weights = question.words.map(({ weight }) => weight);
  const relation = question.words.map(({ weight, isName }) => (isName ? 0 : weight));
  const rows = sentences.map((sentence, i) => {
    const matches = all[i]!;
    const here = local.get(sentence.articleId)!;
    return { matches, here, sentence, shares: sharesOf(matches, { weights, relation }, here) };
  });
  const bestIn = (some: typeof rows) => bestOf(some.map(({ shares }) => shares));
  const known: Known = {
    question,
    weights,
    relation,
    heaviest: Math.max(1e-9, ...weights),
    anywhere: bestMatches(all.map(({ passage }) => passage)),
    head: headOf(question),
    best: bestIn(rows),
  };
  const bestHere = new Map(
    [...local.keys()].map((id) => [id, bestIn(rows.filter(({ sentence }) => sentence.articleId === id))]),
  );
  return rows.map((row) => figuresOf(known, { ...row, bestHere: bestHere.get(row.sentence.articleId)! }));
}

/** What is the same for all sentences of a question. */
type Known = {
  readonly question: MatchedQuestion;
  readonly weights: readonly number[];
  readonly relation: readonly number[];
  readonly heaviest: number;
  /** The best that the words are matched by anything found. */
  readonly anywhere: readonly number[];
  readonly head: number;
  readonly best: Shares;
};

function sharesOf(
  { own, window }: WordMatches,
  { weights, relation }: WordWeights,
  here: WordWeights,
): Shares {
  return {
    share: shareOf(own, weights),
    relationShare: shareOf(own, relation),
    localShare: shareOf(own, here.weights),
    localWindow: shareOf(window, here.weights),
  };
}

type Row = {
  readonly matches: WordMatches;
  readonly here: WordWeights;
  readonly sentence: SentenceContext;
  readonly shares: Shares;
  readonly bestHere: Shares;
};

/** In the order in which the ranker learnt them. */
function figuresOf(known: Known, { matches, here, sentence, shares, bestHere }: Row): number[] {
  const { question, weights, relation, anywhere, head, best } = known;
  const { own, window, passage, lead, titles, candidates } = matches;
  return [
    shares.share,
    shares.share - best.share,
    shareOf(window, weights),
    shareOf(passage, weights),
    shares.relationShare,
    shares.relationShare - best.relationShare,
    shareOf(window, relation),
    shareOf(passage, relation),
    ...rarestFigures(matches, known),
    ...levelFigures(matches, relation),
    shareOf(anywhere, weights),
    shares.localShare,
    shares.localShare - best.localShare,
    shares.localShare - bestHere.localShare,
    shares.localWindow,
    shares.localWindow - bestHere.localWindow,
    shareOf(own, here.relation),
    shareOf(window, here.relation),
    shareOf(lead, here.relation),
    shareOf(lead, weights),
    ...(head < 0 ? [0.5, 0.5, 0.5, 1] : [own[head]!, passage[head]!, anywhere[head]!, 0]),
    nearness(question, sentence),
    shareOf(titles, weights),
    shareOf(bestMatches([titles, own]), weights),
    candidates.beside,
    candidates.all,
    candidates.relation,
    own.filter((match) => match === 1).length / Math.max(1, own.length),
    question.words.length / 8,
  ];
}

/** What of the rarest words is there, in ever more of what was found. */
function rarestFigures({ own, window, passage }: WordMatches, known: Known): number[] {
  const figures: number[] = [];
  for (const held of [own, window, passage, known.anywhere]) {
    figures.push(heaviestMissing(held, known.relation, known.heaviest), matchOfRarest(held, known.weights));
  }
  return figures;
}

/** Cosines that mean "goes together", "much alike" and "nearly the same" (unrelated words of the bundled model: below 0.15). */
const LEVELS = [0.15, 0.3, 0.5, 0.75];

function levelFigures({ own, window, passage }: WordMatches, relation: readonly number[]): number[] {
  const figures: number[] = [];
  for (const held of [own, window, passage]) {
    for (const level of LEVELS) figures.push(shareAbove(held, relation, level));
  }
  return figures;
}

type Shares = Readonly<Record<"share" | "relationShare" | "localShare" | "localWindow", number>>;

function bestOf(rows: readonly Shares[]): Shares {
  const most = (key: keyof Shares): number => Math.max(...rows.map((row) => row[key]));
  return {
    share: most("share"),
    relationShare: most("relationShare"),
    localShare: most("localShare"),
    localWindow: most("localWindow"),
  };
}

/** 1 where the sentence holds a name of the question, less the longer ago one was mentioned; 1 where nothing is named. */
function nearness({ words }: MatchedQuestion, { longLead }: SentenceContext): number {
  const names = words.filter(({ isName }) => isName);
  if (names.length === 0) return 1;
  const distance = longLead.findIndex((text) => names.some(({ word }) => text.includes(word)));
  return distance < 0 ? 0 : Math.exp(-distance / FADING);
}
