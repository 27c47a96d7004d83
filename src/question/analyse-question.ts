import { BoundedCache } from "../bounded-cache.ts";
import { isContentWord } from "../text/content-words.ts";
import { fold } from "../text/fold.ts";
import { searchTerms } from "../text/search-terms.ts";
import { countLearnedWords } from "../text/segment.ts";
import { containsSpan, type Span } from "../text/span.ts";
import { tokenize } from "../text/tagged-words.ts";
import { type AnswerKind, ASKING_PHRASES, POLITE_WORDS } from "./asking-phrases.ts";
import { findOrganisations, institutionOf } from "./organisations.ts";
import { expectedQuantities } from "./quantities/expected-quantities.ts";
import { dropUpToNow } from "./up-to-now.ts";

export type QuestionAnalysis = {
  /** Folded, without polite words, without 到现在, and without the punctuation at its ends. */
  readonly text: string;
  readonly kind: AnswerKind;
  /** Where in `text` it asks; empty, at the end, where no phrase asks. */
  readonly asking: Span;
  /** How likely the answer is each of `ANSWER_QUANTITIES`. */
  readonly quantityProbabilities: readonly number[];
  /** Most of it is in Latin letters: what it says must be matched by meaning. */
  readonly isEnglish: boolean;
  /** The folded words before and after the asking phrase; both empty where nothing asks. */
  readonly before: string;
  readonly after: string;
  /** Names, numbers and codes in the question: what an answer must be about, in whatever words it says it. */
  readonly names: readonly string[];
  /** The organisations it names, in full: 市中西医结合医院. */
  readonly organisations: readonly string[];
  /** The institutions among them that a proper name tells: 湘潭市中心医院. */
  readonly institutions: readonly string[];
  /** The terms of its other words, single characters aside: what is asked of those names. */
  readonly relationTerms: readonly string[];
  /** Its words that mean something, names or not, each once. */
  readonly words: readonly QuestionWord[];
  /** What the answer is searched by, each once: the terms of everything but the asking phrase. */
  readonly terms: readonly string[];
};

export type QuestionWord = {
  readonly word: string;
  readonly isName: boolean;
  /** Whether it stands after the asking phrase. */
  readonly isAfter: boolean;
};

const analyses = new BoundedCache<QuestionAnalysis>(100);

/** What a question wants, and what remains of it once the asking words are taken out. Every stage asks for it. */
export function analyseQuestion(question: string): QuestionAnalysis {
  return analyses.get(`${countLearnedWords()} ${question}`, () => analyse(question));
}

function analyse(question: string): QuestionAnalysis {
  const text = trimMarks(dropUpToNow(trimMarks(fold(question)).replace(POLITE_WORDS, " ")));
  const { kind, asking } = findAskingPhrase(text) ?? { kind: "thing", asking: endOf(text) };
  const phrase = text.slice(asking.start, asking.end);
  const before = dropFunctionWords(text.slice(0, asking.start));
  const after = dropFunctionWords(text.slice(asking.end).replace(/吗$/u, ""));
  const content = `${before} ${after}`;
  const isEnglish = phrase === "" ? latinShare(content) > 0.5 : !HAN.test(phrase);
  const terms = [...new Set(searchTerms(content))];
  const words = tokenize(content);
  const organisations = findOrganisations(content);
  const isName = isEnglish ? isWrittenName : isTaggedName;
  const relationTerms = words
    .filter((word) => !isName(word) && word.word.length > 1)
    .filter((word) => !organisations.some((span) => containsSpan(span, word)))
    .flatMap(({ word }) => searchTerms(word));
  const names = [...new Set(words.filter(isName).map(({ word }) => word.replace(PLACE_SUFFIX, "")))];
  const meaningful = findContentWords(before, after, isName);
  const organisationNames = organisations.map(({ start, end }) => content.slice(start, end));
  return {
    text,
    kind,
    asking,
    quantityProbabilities: expectedQuantities({ text, kind, asking }),
    isEnglish,
    before,
    after,
    names,
    organisations: organisationNames,
    institutions: [...new Set(organisationNames.map(institutionOf))].filter((name) => name !== undefined),
    relationTerms,
    words: meaningful,
    terms,
  };
}

function findContentWords(
  before: string,
  after: string,
  isName: (word: TaggedWord) => boolean,
): QuestionWord[] {
  const words = new Map<string, QuestionWord>();
  for (const [text, isAfter] of [
    [before, false],
    [after, true],
  ] as const) {
    const organisations = findOrganisations(text);
    for (const tagged of tokenize(text)) {
      const { word } = tagged;
      const belongs = organisations.some((span) => containsSpan(span, tagged));
      // 第四人民医院: a number that tells it from others is part of a name
      const counts = isContentWord(tagged) || (belongs && tagged.tag === "m" && word.length > 1);
      if (counts && !words.has(word)) words.set(word, { word, isName: belongs || isName(tagged), isAfter });
    }
  }
  return [...words.values()];
}

/** What a question asks about what it names, in its own words; the question itself where it says nothing else. */
export function relationOf(
  question: string,
  { words }: Pick<QuestionAnalysis, "words"> = analyseQuestion(question),
): string {
  const relation = words.filter(({ isName }) => !isName).map(({ word }) => word);
  return relation.length > 0 ? relation.join(" ") : question;
}

function trimMarks(text: string): string {
  return text.replace(/^[\s?？。！!，,]+|[\s?？。！!，,]+$/gu, "");
}

/** Asking words stand in few texts, so BM25 would take them for the heart of the question: they have to be found and left out. */
function findAskingPhrase(text: string): { kind: AnswerKind; asking: Span } | undefined {
  for (const { kind, pattern } of ASKING_PHRASES) {
    const match = pattern.exec(text);
    if (match) return { kind, asking: { start: match.index, end: match.index + match[0].length } };
  }
  return undefined;
}

function endOf({ length }: string): Span {
  return { start: length, end: length };
}

const HAN = /\p{Script=Han}/u;

/** jieba's tags for persons, places, organisations, other names, and Latin words. */
const NAME_TAG = /^(?:nr|ns|nt|nz|eng)/u;
const PLACE_SUFFIX = /(?<=..)[省市县区镇乡村]$/u;

type TaggedWord = { readonly word: string; readonly tag: string };

function isTaggedName({ word, tag }: TaggedWord): boolean {
  return (NAME_TAG.test(tag) && word.length > 1) || /\d/u.test(word);
}

/** Among English words jieba tells no names. */
function isWrittenName(word: TaggedWord): boolean {
  return isTaggedName(word) && !/^\p{Script=Latin}+$/u.test(word.word);
}

const FUNCTION_WORDS =
  /\b(?:a|an|the|of|in|on|at|to|by|for|from|with|and|or|is|are|was|were|be|been|do|does|did|has|have|had|it|its|their|there|that|this|he|she|him|her|his|they|them|who|what|which)\b/gu;

function dropFunctionWords(text: string): string {
  return text.replace(FUNCTION_WORDS, " ");
}

/** The share of Latin letters among letters. */
function latinShare(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters === 0 ? 0 : (text.match(/\p{Script=Latin}/gu)?.length ?? 0) / letters;
}
