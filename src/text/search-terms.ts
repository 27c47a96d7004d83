import { fold } from "./fold.ts";
import { arabicNumbers } from "./numerals.ts";
import { segmentForSearch } from "./segment.ts";

const HAN_RUN = /\p{Script=Han}{2,}/gu;
/** Codes and numbers: PPR-9087, 5G, 53.95%, v1.2. */
const CODE = /[\p{Script=Latin}\p{N}]+(?:[-._/:][\p{Script=Latin}\p{N}]+)*%?/gu;
const CODE_PART = /\p{Script=Latin}+|\p{N}+/gu;
const WORD = /[\p{L}\p{N}]/u;

/**
 * What a text is found by: jieba words, bigrams of Han characters, codes whole and in parts, Chinese numerals as Arabic ones.
 * Terms repeat as often as they occur. Words find what bigrams blur; bigrams find what jieba cuts differently elsewhere.
 */
export function searchTerms(text: string): string[] {
  const folded = fold(text);
  return [...words(folded), ...bigrams(folded), ...codes(folded), ...arabicNumbers(folded)];
}

function words(folded: string): string[] {
  return segmentForSearch(folded).filter(
    (word) => WORD.test(word) && !isBigram(word) && !CODE_LIKE.test(word),
  );
}

const CODE_LIKE = /^[\p{Script=Latin}\p{N}\-._/:%]+$/u;

/** A two-character word is its own bigram: it must not count twice. */
function isBigram(word: string): boolean {
  return word.length === 2 && /^\p{Script=Han}{2}$/u.test(word);
}

function bigrams(folded: string): string[] {
  const result: string[] = [];
  for (const [run] of folded.matchAll(HAN_RUN)) {
    const characters = [...run];
    for (let i = 1; i < characters.length; i++) result.push(characters[i - 1]! + characters[i]!);
  }
  return result;
}

function codes(folded: string): string[] {
  const result: string[] = [];
  for (const [code] of folded.matchAll(CODE)) {
    result.push(code);
    const parts = code.match(CODE_PART) ?? [];
    if (parts.length > 1 && !/^[\d.]+%?$/u.test(code)) result.push(...parts);
    else if (code.endsWith("%")) result.push(code.slice(0, -1));
  }
  return result;
}
