import type { Span } from "../../text/span.ts";
import { findCandidates } from "./answer-candidates.ts";
import type { WeighedQuestion } from "./coverage.ts";
import { bestMatches, heaviestMissing, matchOfRarest, shareAbove, shareOf } from "./question-words.ts";
import type { ReadText } from "./word-matcher.ts";
import type { SentenceContext } from "./sentence-context.ts";

/** Sentences before, over which a name that was mentioned fades to 1/e. */
const FADING = 3;
const LEAD = 4;

/**
 * What whole words of the question say of each sentence: as weighed in the corpus, and as weighed in the sentence's article, where
 * what nearly every sentence says (the article's subject) tells none of them apart.
 */
export function wordFeatures(question: WeighedQuestion, sentences: readonly SentenceContext[]): number[][] {
  const weights = question.words.map(({ weight }) => weight);
  const heaviest = Math.max(1e-9, ...weights);
  const relation = question.words.map(({ weight, isName }) => (isName ? 0 : weight));
  const cover = (text: ReadText) => question.matcher.matchAll(text);
  const local = localWeights(question, sentences);
  const passages = coverPassages(question, sentences);
  const rows = sentences.map((sentence) => {
    const own = cover(sentence.own);
    const window = bestMatches([own, ...sentence.neighbours.map(cover)]);
    const here = local.get(sentence.articleId)!;
    return {
      own,
      window,
      here,
      sentence,
      passage: passages.get(sentence.passageRank)!,
      lead: bestMatches(sentence.lead.slice(0, LEAD).map(cover)),
      titles: cover(sentence.titles),
      localShare: shareOf(own, here.weights),
      localWindow: shareOf(window, here.weights),
      share: shareOf(own, weights),
      relationShare: shareOf(own, relation),
    };
  });
  const anywhere = bestMatches([...passages.values()]);
  const best = bestOf(rows);
  const bestHere = new Map(
    [...local.keys()].map((id) => [id, bestOf(rows.filter(({ sentence }) => sentence.articleId === id))]),
  );
  const head = headOf(question);
  return rows.map(({ own, window, passage, lead, titles, here, sentence, ...row }) => [
    row.share,
    row.share - best.share,
    shareOf(window, weights),
    shareOf(passage, weights),
    row.relationShare,
    row.relationShare - best.relationShare,
    shareOf(window, relation),
    shareOf(passage, relation),
    ...[own, window, passage, anywhere].flatMap((matches) => [
      heaviestMissing(matches, relation, heaviest),
      matchOfRarest(matches, weights),
    ]),
    ...[own, window, passage].flatMap((matches) => LEVELS.map((level) => shareAbove(matches, relation, level))),
    shareOf(anywhere, weights),
    row.localShare,
    row.localShare - best.localShare,
    row.localShare - bestHere.get(sentence.articleId)!.localShare,
    row.localWindow,
    row.localWindow - bestHere.get(sentence.articleId)!.localWindow,
    ...[own, window, lead].map((matches) => shareOf(matches, here.relation)),
    shareOf(lead, weights),
    ...[own, passage, anywhere].map((matches) => (head < 0 ? 0.5 : matches[head]!)),
    head < 0 ? 1 : 0,
    nearness(question, sentence),
    shareOf(titles, weights),
    shareOf(bestMatches([titles, own]), weights),
    ...nearCandidates(question, sentence, head),
    own.filter((match) => match === 1).length / Math.max(1, own.length),
    question.words.length / 8,
  ]);
}

/** Cosines that mean "goes together", "much alike" and "nearly the same" (unrelated words of the bundled model: below 0.15). */
const LEVELS = [0.15, 0.3, 0.5, 0.75];

/** What the sentences found of each passage match together, by the passage's rank. */
function coverPassages(
  { matcher }: WeighedQuestion,
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
  { words, matcher }: WeighedQuestion,
  sentences: readonly SentenceContext[],
): ReadonlyMap<string, LocalWeights> {
  const articles = new Map<string, Map<number, readonly number[]>>();
  for (const { articleId, position, own } of sentences) {
    const known = articles.get(articleId) ?? new Map();
    articles.set(articleId, known.set(position, matcher.matchAll(own)));
  }
  const heaviest = Math.max(1e-9, ...words.map(({ weight }) => weight));
  const weigh = (matches: readonly (readonly number[])[]): LocalWeights => {
    const weights = words.map(({ weight }, i) => {
      const count = matches.reduce((sum, match) => sum + (match[i]! >= SAME ? 1 : 0), 0);
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
function headOf({ words }: WeighedQuestion): number {
  const after = words.findIndex(({ isAfter, isName }) => isAfter && !isName);
  return after >= 0 ? after : words.findLastIndex(({ isAfter, isName }) => !isAfter && !isName);
}

/** 1 where the sentence holds a name of the question, less the longer ago one was mentioned; 1 where nothing is named. */
function nearness({ words }: WeighedQuestion, { lead }: SentenceContext): number {
  const names = words.filter(({ isName }) => isName);
  if (names.length === 0) return 1;
  const distance = lead.findIndex((text) => names.some(({ word }) => text.folded.includes(word)));
  return distance < 0 ? 0 : Math.exp(-distance / FADING);
}

/** In characters: how close a word stands that goes with a number, how far matches are looked for, and over which they fade. */
const BESIDE = 6;
const REACH = 24;
const FADING_NEAR = 10;

/** Whether what is asked for stands beside what could be the answer, and how much else that is asked does. */
function nearCandidates(question: WeighedQuestion, { aligned, own }: SentenceContext, head: number): number[] {
  const spans = findCandidates(question.kind, aligned).filter(
    ({ start, end }) => !question.text.includes(aligned.slice(start, end)),
  );
  const best = { beside: 0, near: 0, relation: 0 };
  for (const span of spans) {
    let near = 0;
    let relation = 0;
    question.words.forEach(({ isName, weight }, i) => {
      const { close, fading } = matchNear(question, i, own, span);
      if (i === head) best.beside = Math.max(best.beside, close);
      near += weight * fading;
      if (!isName) relation += weight * fading;
    });
    best.near = Math.max(best.near, near);
    best.relation = Math.max(best.relation, relation);
  }
  return [best.beside, best.near / 20, best.relation / 20];
}

/** The best match of the question's word `i` close to a span, its own words too; and outside of it, less the further away. */
function matchNear({ matcher }: WeighedQuestion, i: number, { words }: ReadText, { start, end }: Span) {
  let close = 0;
  let fading = 0;
  for (const word of words) {
    const distance = Math.max(0, start - word.end, word.start - end);
    if (distance > REACH) continue;
    const match = matcher.match(i, word);
    if (distance <= BESIDE) close = Math.max(close, match);
    const isInside = word.start >= start && word.end <= end;
    if (!isInside) fading = Math.max(fading, match * Math.exp(-distance / FADING_NEAR));
  }
  return { close, fading };
}
