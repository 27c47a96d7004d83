import { type Token, tokenize } from "./tagged-words.ts";

/** jieba's tags for particles, prepositions, pronouns, conjunctions, adverbs, measures, marks, and plain numbers. */
const FUNCTION_TAG = /^(?:[upcyeorwfdq]|m$)/u;
const EMPTY_WORD =
  /^(?:[是有在为会能要到被把做里中上下没使让来去叫名称想应该得人年月日时个种位家项部所座本件可一多大地还后前当从于由等其之以给跟往]|可以|进行|没有|叫做|成为|时候|可能|需要)$/u;

type TaggedWord = Pick<Token, "word" | "tag">;

/** Words that jieba does not know have the tag of marks, and are names more often than not: 三三一医院, 民医工作室. */
export function isUnknownWord({ word, tag }: TaggedWord): boolean {
  return tag === "x" && /^\p{Script=Han}{2,}$/u.test(word);
}

/** Whether a word means something by itself. */
export function isContentWord({ word, tag }: TaggedWord): boolean {
  if (tag === "x") return isUnknownWord({ word, tag });
  return /[\p{L}\p{N}]/u.test(word) && !FUNCTION_TAG.test(tag) && !EMPTY_WORD.test(word);
}

/** The words of a folded text that mean something by themselves, at their places. */
export function contentWords(folded: string): Token[] {
  return tokenize(folded).filter(isContentWord);
}
