import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";

/** A word that jieba's dictionary lacks, with its part of speech in jieba's notation. */
export type LearnedWord = { readonly word: string; readonly tag: string };

let jieba: Jieba | undefined;
const learned = new Set<string>();

/** Chinese words of a text, long words followed or preceded by the shorter words inside them (jieba's search mode). */
export function segmentForSearch(text: string): string[] {
  return segmenter().cutForSearch(text, true);
}

/** Words in order, each once, with their part of speech in jieba's notation: `n`, `nr` person, `ns` place, `v`, `m` … */
export function tagWords(text: string): { word: string; tag: string }[] {
  return segmenter().tag(text, true);
}

/**
 * From now on these folded words are kept whole, in every text of this process: a corpus and the questions asked of it have to be cut
 * alike, and the dictionary is too large to have one for each. What was learned stays: search mode gives the words inside a long
 * one as well, so that a corpus without that word loses little. A word that jieba knows keeps the part of speech it has there.
 */
export function learnWords(words: readonly LearnedWord[]): void {
  const fresh = words.filter(({ word }) => !learned.has(word));
  if (fresh.length === 0) return;
  const lines = fresh.map(({ word, tag }) => `${word} ${LEARNED_FREQUENCY} ${tag}\n`);
  segmenter().loadDict(Buffer.from(lines.join("")));
  for (const { word } of fresh) learned.add(word);
}

/** As often as 没有 or 工作 in jieba's dictionary of 60 million: words of a list win against any others that could stand there. */
const LEARNED_FREQUENCY = 100_000;

/** How many words were learned so far: while it is the same, a text is cut as it was before. */
export function countLearnedWords(): number {
  return learned.size;
}

/** What the first text would have to wait for: the dictionary takes 150 ms or more, and 54 MB. */
export function loadDictionary(): void {
  segmenter();
}

function segmenter(): Jieba {
  jieba ??= Jieba.withDict(dict);
  return jieba;
}
