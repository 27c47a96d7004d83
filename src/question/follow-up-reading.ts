import { foldAligned } from "../text/fold.ts";
import type { Span } from "../text/span.ts";
import { type AnswerKind, ASKING_PHRASES } from "./asking-phrases.ts";
import { findMentions, type Mention } from "./follow-up-mentions.ts";
import { CLOSING, FILLER, TIME } from "./follow-up-words.ts";
import { type Token, tokenize } from "./tagged-words.ts";

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
};

/** Reads a question. `occurs` tells whether a text stands in the corpus. */
export function readQuestion(question: string, occurs: (text: string) => boolean): Reading {
  const trimmed = question.trim();
  const closing = CLOSING.exec(trimmed)?.index ?? trimmed.length;
  const opening = FILLER.exec(trimmed.slice(0, closing))?.[0].length ?? 0;
  const text = trimmed.slice(opening, closing);
  const folded = foldAligned(text);
  const tokens = tokenize(folded);
  const mentions = findMentions(folded, tokens, occurs);
  const times = Array.from(folded.matchAll(TIME), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
  const asked = findAsked(folded);
  const covered = [...mentions, ...times, ...(asked ? [asked] : [])];
  const content = tokens.filter((token) => saysWhat(token) && !covered.some((span) => overlap(span, token)));
  return { text, folded, tokens, mentions, times, asked, content };
}

export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

function findAsked(folded: string): Reading["asked"] {
  for (const { kind, pattern } of ASKING_PHRASES) {
    const match = pattern.exec(folded);
    if (match) return { kind, start: match.index, end: match.index + match[0].length };
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
