import type { ReadText } from "../../reading/read-text.ts";
import type { SentenceContext } from "../sentence-context.ts";
import { nearCandidates } from "./near-words.ts";
import { bestMatches, heaviestMissing, matchOfRarest, shareAbove, shareOf } from "./question-words.ts";
import type { MatchedQuestion } from "./word-matcher.ts";

/** Sentences before, over which a name that was mentioned fades to 1/e. */
const FADING = 3;

/**
 * What whole words of the question say of each sentence: as weighed in the corpus, and as weighed in the sentence's article, where
 * what nearly every sentence says (the article's subject) tells none of them apart.
 */
export function wordFeatures(question: MatchedQuestion, sentences: readonly SentenceContext[]): number[][] {
  const weights = question.words.map(({ weight }) => weight);
  const relation = question.words.map(({ weight, isName }) => (isName ? 0 : weight));
  const local = localWeights(question, sentences);
  const passages = coverPassages(question, sentences);
  const rows = sentences.map((sentence) => {
    const matches = matchesOf(question, sentence, passages.get(sentence.passageRank)!);
    const here = local.get(sentence.articleId)!;
    return { matches, here, sentence, shares: sharesOf(matches, { weights, relation }, here) };
  });
  const bestIn = (some: typeof rows) => bestOf(some.map(({ shares }) => shares));
  const known: Known = {
    question,
    weights,
    relation,
    heaviest: Math.max(1e-9, ...weights),
    anywhere: bestMatches([...passages.values()]),
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

/** How well each word of the question is matched: in the sentence, with its neighbours, in its passage, shortly before, in titles. */
type Matches = Readonly<Record<"own" | "window" | "passage" | "lead" | "titles", readonly number[]>>;

function matchesOf(
  { matcher }: MatchedQuestion,
  sentence: SentenceContext,
  passage: readonly number[],
): Matches {
  const cover = (text: ReadText) => matcher.matchAll(text);
  const own = cover(sentence.own);
  return {
    own,
    window: bestMatches([own, ...sentence.neighbours.map(cover)]),
    passage,
    lead: bestMatches(sentence.lead.map(cover)),
    titles: cover(sentence.titles),
  };
}

function sharesOf({ own, window }: Matches, { weights, relation }: LocalWeights, here: LocalWeights): Shares {
  return {
    share: shareOf(own, weights),
    relationShare: shareOf(own, relation),
    localShare: shareOf(own, here.weights),
    localWindow: shareOf(window, here.weights),
  };
}

type Row = {
  readonly matches: Matches;
  readonly here: LocalWeights;
  readonly sentence: SentenceContext;
  readonly shares: Shares;
  readonly bestHere: Shares;
};

/** In the order in which the ranker learnt them. */
function figuresOf(known: Known, { matches, here, sentence, shares, bestHere }: Row): number[] {
  const { question, weights, relation, anywhere, head, best } = known;
  const { own, window, passage, lead, titles } = matches;
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
    ...nearCandidates(question, sentence, head),
    own.filter((match) => match === 1).length / Math.max(1, own.length),
    question.words.length / 8,
  ];
}

/** What of the rarest words is there, in ever more of what was found. */
function rarestFigures({ own, window, passage }: Matches, known: Known): number[] {
  const figures: number[] = [];
  for (const held of [own, window, passage, known.anywhere]) {
    figures.push(heaviestMissing(held, known.relation, known.heaviest), matchOfRarest(held, known.weights));
  }
  return figures;
}

/** Cosines that mean "goes together", "much alike" and "nearly the same" (unrelated words of the bundled model: below 0.15). */
const LEVELS = [0.15, 0.3, 0.5, 0.75];

function levelFigures({ own, window, passage }: Matches, relation: readonly number[]): number[] {
  const figures: number[] = [];
  for (const held of [own, window, passage]) {
    for (const level of LEVELS) figures.push(shareAbove(held, relation, level));
  }
  return figures;
}

/** What the sentences found of each passage match together, by the passage's rank. */
function coverPassages(
  { matcher }: MatchedQuestion,
  sentences: readonly SentenceContext[],
): ReadonlyMap<number, number[]> {
  const passages = new Map<number, (readonly number[])[]>();
  for (const { passageRank, own } of sentences) {
    const matches = passages.get(passageRank) ?? [];
    passages.set(passageRank, matches);
    matches.push(matcher.matchAll(own));
  }
  return new Map([...passages].map(([rank, matches]) => [rank, bestMatches(matches)]));
}

/** From here on a word of the text stands for the question's. */
const SAME = 0.6;

type LocalWeights = { readonly weights: readonly number[]; readonly relation: readonly number[] };

/** The words' inverse document frequencies among the sentences of each article, times those in the corpus. */
function localWeights(
  { words, matcher }: MatchedQuestion,
  sentences: readonly SentenceContext[],
): ReadonlyMap<string, LocalWeights> {
  const articles = new Map<string, Map<number, readonly number[]>>();
  for (const { articleId, position, own } of sentences) {
    const known = articles.get(articleId) ?? new Map();
    articles.set(articleId, known.set(position, matcher.matchAll(own)));
  }
  const heaviest = Math.max(1e-9, ...words.map(({ weight }) => weight));
  const weigh = (matches: readonly (readonly number[])[]): LocalWeights => {
    const counts = new Array<number>(words.length).fill(0);
    for (const match of matches) {
      for (let i = 0; i < match.length; i++) if (match[i]! >= SAME) counts[i]!++;
    }
    const weights = words.map(({ weight }, i) => {
      const count = counts[i]!;
      return (Math.log(1 + (matches.length - count + 0.5) / (count + 0.5)) * weight) / heaviest;
    });
    return { weights, relation: weights.map((weight, i) => (words[i]!.isName ? 0 : weight)) };
  };
  return new Map([...articles].map(([id, matches]) => [id, weigh([...matches.values()])]));
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

/** Which word says what is asked for: the first after the asking phrase (多少[床位]), or else the last before it ([床位]有多少). */
function headOf({ words }: MatchedQuestion): number {
  const after = words.findIndex(({ isAfter, isName }) => isAfter && !isName);
  return after >= 0 ? after : words.findLastIndex(({ isAfter, isName }) => !isAfter && !isName);
}

/** 1 where the sentence holds a name of the question, less the longer ago one was mentioned; 1 where nothing is named. */
function nearness({ words }: MatchedQuestion, { longLead }: SentenceContext): number {
  const names = words.filter(({ isName }) => isName);
  if (names.length === 0) return 1;
  const distance = longLead.findIndex((text) => names.some(({ word }) => text.includes(word)));
  return distance < 0 ? 0 : Math.exp(-distance / FADING);
}
