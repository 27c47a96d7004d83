import { foldAligned } from "../../text/fold.ts";
import { overlap, type Span } from "../../text/span.ts";
import { type Token, tokenize } from "../../text/tagged-words.ts";
import { type AnswerKind, ASKING_PHRASES } from "../asking-phrases.ts";
import { findMentions, type Mention } from "./mentions.ts";
import { CLOSING, FILLER, TIME } from "./words.ts";

/** A question taken apart; every span is one of `text`. */
export type Reading = {
  /** As it was written, without what opens it and says nothing, and without closing particles and marks. */
  readonly text: string;
  /** `text` for comparing: same length, simplified, lower case. */
  readonly folded: string;
  readonly tokens: readonly Token[];
  readonly mentions: readonly Mention[];
  readonly times: readonly Span[];
  /** The first asking phrase. */
  readonly asked: (Span & { readonly kind: AnswerKind }) | undefined;
  /** Words that say what is asked about, names and times left out. */
  readonly content: readonly Token[];
  /** Said as 那…呢, which asks the earlier question of something else. */
  readonly isRemark: boolean;
};

/** Reads the questions and answers of one conversation: a name that it read once it knows again, however jieba cuts it. */
export class QuestionReader {
  readonly #occurs: (text: string) => boolean;
  readonly #known = new Map<string, Mention>();

  /** `occurs` tells whether a folded text stands in the corpus. */
  constructor(occurs: (text: string) => boolean) {
    this.#occurs = occurs;
  }

  read(question: string): Reading {
    const trimmed = question.trim();
    const closing = CLOSING.exec(trimmed)?.index ?? trimmed.length;
    const opening = FILLER.exec(trimmed.slice(0, closing))?.[0].length ?? 0;
    const text = trimmed.slice(opening, closing);
    const folded = foldAligned(text);
    const tokens = tokenize(folded);
    const mentions = this.#readMentions(folded, tokens);
    const times = matchSpans(folded, TIME);
    const asked = findAsked(folded, mentions);
    const covered = [...mentions, ...times, ...(asked ? [asked] : [])];
    const content = tokens.filter(
      (token) => saysWhat(token) && !covered.some((span) => overlap(span, token)),
    );
    const isRemark = /^那|^换成|^如果是/u.test(trimmed) || /^呢/u.test(trimmed.slice(closing));
    return { text, folded, tokens, mentions, times, asked, content, isRemark };
  }

  #readMentions(folded: string, tokens: readonly Token[]): Mention[] {
    const known = [...this.#known.values()].flatMap(({ text, kind }) =>
      placesOf(text, folded).map((span) => ({ ...span, text, kind })),
    );
    const lengthOfKnown = longestOver(known, folded.length);
    const longest = known.filter((mention) => lengthOfKnown(mention) === mention.text.length);
    const lengthOfLongest = longestOver(longest, folded.length);
    const found = findMentions(folded, tokens, this.#occurs);
    const fresh = found.filter((mention) => lengthOfLongest(mention) < mention.text.length);
    for (const mention of fresh) this.#known.set(mention.text, mention);
    const lengthOfFresh = longestOver(fresh, folded.length);
    const kept = longest.filter((mention) => lengthOfFresh(mention) === 0);
    return [...kept, ...fresh].sort((a, b) => a.start - b.start);
  }
}

/**
 * Tells how long the longest of the spans is that shares a character with another one; 0 where none does. Looked up by place: a
 * question may be nothing but hundreds of names, and each of them compared with every other.
 */
function longestOver(spans: readonly Span[], length: number): (span: Span) => number {
  const longestAt = new Uint16Array(length);
  for (const { start, end } of spans)
    for (let at = start; at < end; at++) longestAt[at] = Math.max(longestAt[at]!, end - start);
  return ({ start, end }) => Math.max(0, ...longestAt.subarray(start, end));
}

function matchSpans(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
}

function placesOf(name: string, text: string): Span[] {
  const spans: Span[] = [];
  for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + name.length)) {
    spans.push({ start, end: start + name.length });
  }
  return spans;
}

/** The first asking phrase that is no part of a name: 何 is one in 何人, not in 何秋兰. */
function findAsked(folded: string, names: readonly Span[]): Reading["asked"] {
  for (const { kind, pattern } of ASKING_PHRASES) {
    const match = pattern.exec(folded);
    if (!match) continue;
    const asked = { kind, start: match.index, end: match.index + match[0].length };
    if (names.some((name) => overlap(name, asked))) continue;
    return { ...asked, end: asked.end + (/^[里儿]/u.test(folded.slice(asked.end)) ? 1 : 0) };
  }
  return undefined;
}

/** Verbs that any question may have, and words that only carry it. */
const EMPTY = new Set([
  ..."是有为叫做在到让请使被把能会要可做干去来说讲看",
  ..."没有 成为 属于 包括 包含 分别 进行 可以 能够 应该 需要 目前 一共 总共 共有 大约 具体 详细 情况 事情 事 时候 问题 吗 呢".split(
    " ",
  ),
]);

function saysWhat({ word, tag }: Token): boolean {
  return /^(?:[nvaxjlibs]|eng)/u.test(tag) && /[\p{L}\p{N}]/u.test(word) && !EMPTY.has(word);
}
