import type { AnswerKind } from "../../../question/asking-phrases.ts";
import type { Span } from "../../../text/span.ts";
import type { WeighedQuestion } from "../weigh-question.ts";
import { type Coverage, coverageOf, markTerms } from "./coverage.ts";
import type { RankerInput } from "./network/sentence-ranker.ts";
import { newCandidates } from "./new-candidates.ts";
import type { SentenceContext } from "./sentence-context.ts";
import { longestHead, longestShared, longestTail } from "./shared-text.ts";
import { localWeights } from "./words/local-weights.ts";
import { quantityFeatures } from "./words/quantity-features.ts";
import { matchQuantities } from "./words/quantity-match.ts";
import { wordFeatures } from "./words/word-features.ts";
import { type MatchedSentences, wordFigures } from "./words/word-figures.ts";
import type { MatchedQuestion } from "./words/word-matcher.ts";
import { matchWords } from "./words/word-matches.ts";

/** Kinds that are too rare to be learnt apart stand together with those that look like them. */
const KINDS: readonly (readonly AnswerKind[])[] = [
  ["person"],
  ["time"],
  ["duration"],
  ["number", "money", "percentage"],
  ["place"],
  ["reason"],
  ["method"],
  ["list"],
  ["definition"],
  ["thing", "yes-no"],
];

/** What the ranker sees of a question's sentences: figures around 0 … 1; what is unknown of a sentence is `NaN`. */
export function rankerInput(question: MatchedQuestion, sentences: readonly SentenceContext[]): RankerInput {
  const matches = matchWords(question, sentences);
  const quantities = sentences.map((sentence, i) => matchQuantities(question, sentence, matches[i]!.table));
  const matched = { sentences, matches, quantities, local: localWeights(question, sentences) };
  return { rows: sentenceFeatures(question, matched), words: wordFigures(question, matched) };
}

/** A row each sentence. */
function sentenceFeatures(question: MatchedQuestion, matched: MatchedSentences): Float64Array[] {
  const { sentences } = matched;
  const coverages = coverAll(question, sentences);
  const words = wordFeatures(question, matched);
  const quantities = quantityFeatures(question, matched);
  const meanings = meaningFeatures(sentences);
  const details = sentences.map((sentence) => answerDetails(question, sentence));
  const best = {
    share: Math.max(...coverages.map(({ own }) => own.share), 1e-9),
    similarity: Math.max(...sentences.map(({ similarity }) => similarity)),
    density: Math.max(...details.map(({ density }) => density), 1e-9),
  };
  const kinds = KINDS.map((kinds) => (kinds.includes(question.kind) ? 1 : 0));
  return sentences.map((sentence, i) => {
    const { own, previous, next, passage, article } = coverages[i]!;
    const detail = details[i]!;
    const figures = [
      own.share,
      own.rareShare,
      own.rarestHeld,
      own.rarestMissing,
      own.share / best.share,
      previous.share,
      next.share,
      passage.share,
      passage.rareShare,
      passage.rarestMissing,
      article.share,
      article.rarestMissing,
      question.unknownShare,
      question.isEnglish ? 1 : 0,
      question.isEnglish ? sentence.similarity : 0,
      Math.log(1 + question.terms.length),
      sentence.similarity,
      sentence.similarity - best.similarity,
      sentence.passageSimilarity,
      sentence.passageScore,
      1 / (1 + sentence.passageRank),
      detail.density,
      detail.density / best.density,
      detail.count > 0 ? 1 : 0,
      Math.min(detail.count, 5) / 5,
      detail.hasUnit ? 1 : 0,
      detail.newShare,
    ];
    return join([
      figures,
      nameFeatures(question, sentence),
      relationFeatures(question, sentence),
      placeFeatures(sentence),
      orderFeatures(question, sentence),
      words[i]!,
      quantities[i]!,
      meanings[i]!,
      kinds,
    ]);
  });
}

function join(parts: readonly (readonly number[])[]): Float64Array {
  const row = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    row.set(part, end);
    end += part.length;
  }
  return row;
}

/** Cosines beside those of the same article's sentences: what they all are about cancels out. */
function meaningFeatures(sentences: readonly SentenceContext[]): number[][] {
  const best = Math.max(...sentences.map(({ relationSimilarity }) => relationSimilarity));
  const byArticle = new Map<string, SentenceContext[]>();
  for (const sentence of sentences) {
    const others = byArticle.get(sentence.articleId);
    if (others) others.push(sentence);
    else byArticle.set(sentence.articleId, [sentence]);
  }
  const means = new Map(
    [...byArticle].map(([id, own]) => [
      id,
      {
        similarity: mean(own.map(({ similarity }) => similarity)),
        relation: mean(own.map(({ relationSimilarity }) => relationSimilarity)),
      },
    ]),
  );
  return sentences.map(({ articleId, similarity, relationSimilarity, relationNearby }) => {
    const { similarity: usual, relation } = means.get(articleId)!;
    return [
      relationSimilarity,
      relationSimilarity - best,
      relationSimilarity - relation,
      similarity - usual,
      relationNearby,
      relationNearby - relation,
    ];
  });
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}

type Coverages = Readonly<Record<"own" | "previous" | "next" | "passage" | "article", Coverage>>;

/** Passages and articles are shared by many sentences: each is looked through once. */
function coverAll(question: WeighedQuestion, sentences: readonly SentenceContext[]): Coverages[] {
  const known = new Map<string, Coverage>();
  const cover = (text: string): Coverage => {
    const coverage = known.get(text) ?? coverageOf(question, text);
    known.set(text, coverage);
    return coverage;
  };
  return sentences.map(({ folded, previous, next, passage, article }) => ({
    own: cover(folded),
    previous: cover(previous + folded),
    next: cover(folded + next),
    passage: cover(passage),
    article: cover(article),
  }));
}

/** What in the sentence could be the answer: of the kind asked for, and not in the question already. */
function answerDetails(question: WeighedQuestion, sentence: SentenceContext) {
  const { aligned } = sentence;
  const marks = markTerms(question, aligned);
  const spans = newCandidates(question, sentence);
  const unit = unitOf(question);
  return {
    count: spans.length,
    density: Math.max(0, ...spans.map((span) => densityAround(marks, span))),
    hasUnit:
      unit !== undefined && spans.some(({ start, end }) => aligned.slice(start, end + 3).includes(unit)),
    newShare: marks.filter((mark) => mark === 0).length / Math.max(1, marks.length),
  };
}

/** 多少例患者 → 例: what is counted. */
function unitOf({ kind, after }: WeighedQuestion): string | undefined {
  return kind === "number" ? /^\p{Script=Han}/u.exec(after)?.[0] : undefined;
}

/** Characters over which a match next to a span fades to 1/e, and beyond which it does not count. */
const FADING = 8;
const REACH = 24;

/** How much matched weight stands near a span. */
export function densityAround(marks: readonly number[], { start, end }: Span): number {
  let sum = 0;
  for (let i = Math.max(0, start - REACH); i < Math.min(marks.length, end + REACH); i++) {
    if (i >= start && i < end) continue;
    const distance = i < start ? start - i : i - end + 1;
    sum += marks[i]! * Math.exp(-distance / FADING);
  }
  return sum / 40;
}

/** Whether names of the question stand in the sentence and around it; 1 each where it names nothing. */
function nameFeatures({ names, unknownNames }: WeighedQuestion, sentence: SentenceContext): number[] {
  const { previous, folded, next, passage, article } = sentence;
  const shareIn = (text: string): number =>
    names.length === 0 ? 1 : names.filter((name) => text.includes(name)).length / names.length;
  return [
    names.length === 0 ? 1 : 0,
    shareIn(previous + folded + next),
    shareIn(passage),
    shareIn(article),
    names.length === 0 ? 0 : unknownNames / names.length,
    ...[previous + folded + next, passage, article].map((text) =>
      names.every((name) => !/\d/u.test(name) || text.includes(name)) ? 1 : 0,
    ),
  ];
}

/** How much of what is asked about the names stands in the sentence and around it. */
function relationFeatures(question: WeighedQuestion, sentence: SentenceContext): number[] {
  const { previous, folded, next, passage } = sentence;
  const relation = { terms: question.relationTerms, weights: question.weights };
  if (relation.terms.length === 0) return [1, 1, 1, 0, 0];
  const own = coverageOf(relation, folded);
  const inPassage = coverageOf(relation, passage);
  return [
    own.share,
    coverageOf(relation, previous + folded + next).share,
    inPassage.share,
    own.rarestMissing,
    inPassage.rarestMissing,
  ];
}

function placeFeatures({ folded, aligned, position, sentenceCount }: SentenceContext): number[] {
  return [
    Math.log(1 + folded.length) / 4,
    position === 0 ? 1 : 0,
    position / Math.max(1, sentenceCount),
    /[?？]$/u.test(aligned) ? 1 : 0,
    /[。！!？?；;”」…]$/u.test(aligned) ? 0 : 1,
    /[《“「]/u.test(aligned) ? 1 : 0,
    /[它他她其该此]/u.test(aligned.slice(0, 6)) ? 1 : 0,
    /\d/u.test(aligned) ? 1 : 0,
    Math.min(5, aligned.match(/、/gu)?.length ?? 0) / 5,
  ];
}

function orderFeatures(question: WeighedQuestion, { folded, previous }: SentenceContext): number[] {
  const { text, before, after } = question;
  return [
    longestTail(before, folded, 6) / 6,
    longestHead(after, folded, 6) / 6,
    longestShared(text, folded) / Math.max(4, text.length),
    before.length > 1 && folded.slice(0, 12).includes(before.slice(0, 2)) ? 1 : 0,
    before.length > 1 && previous.includes(before.slice(0, 2)) ? 1 : 0,
    orderShare(question, folded),
  ];
}

/** How often matched terms stand in the question's order. */
function orderShare({ terms }: WeighedQuestion, text: string): number {
  const places = terms.map((term) => text.indexOf(term)).filter((place) => place >= 0);
  if (places.length < 2) return 0;
  const ordered = places.filter((place, i) => i > 0 && place >= places[i - 1]!).length;
  return ordered / (places.length - 1);
}
