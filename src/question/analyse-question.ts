import { fold } from "../text/fold.ts";
import { searchTerms } from "../text/search-terms.ts";
import { tagWords } from "../text/segment.ts";
import { type AnswerKind, ASKING_PHRASES, POLITE_WORDS } from "./asking-phrases.ts";

export type QuestionAnalysis = {
  /** Folded, without polite words and closing punctuation. */
  readonly text: string;
  readonly kind: AnswerKind;
  /** The folded words before and after the asking phrase; both empty where nothing asks. */
  readonly before: string;
  readonly after: string;
  /** Names, numbers and codes in the question: what an answer must be about, in whatever words it says it. */
  readonly names: readonly string[];
  /** What the answer is searched by, each once: the terms of everything but the asking phrase. */
  readonly terms: readonly string[];
};

/** What a question wants, and what remains of it once the asking words are taken out. */
export function analyseQuestion(question: string): QuestionAnalysis {
  const text = fold(question)
    .replace(POLITE_WORDS, " ")
    .replace(/[\s?？。！!，,]+$/u, "")
    .trim();
  const asked = findAskingPhrase(text);
  const before = asked ? text.slice(0, asked.start) : text;
  const after = asked ? text.slice(asked.end) : "";
  const content = `${before} ${after}`;
  const terms = [...new Set(searchTerms(content))];
  return { text, kind: asked?.kind ?? "thing", before, after, names: findNames(content), terms };
}

/** 的 and other words without content stand in so many sentences that idf takes care of them; asking words do not. */
function findAskingPhrase(text: string): { kind: AnswerKind; start: number; end: number } | undefined {
  for (const { kind, pattern } of ASKING_PHRASES) {
    const match = pattern.exec(text);
    if (match) return { kind, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/** jieba's tags for persons, places, organisations, other names, and Latin words. */
const NAME_TAG = /^(?:nr|ns|nt|nz|eng)/u;
const PLACE_SUFFIX = /(?<=..)[省市县区镇乡村]$/u;

function findNames(content: string): string[] {
  const names = tagWords(content)
    .filter(({ word, tag }) => (NAME_TAG.test(tag) && word.length > 1) || /\d/u.test(word))
    .map(({ word }) => word.replace(PLACE_SUFFIX, ""));
  return [...new Set(names)];
}
