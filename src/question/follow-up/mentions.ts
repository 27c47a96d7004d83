import { overlap, type Span } from "../../text/span.ts";
import type { Token } from "../../text/tagged-words.ts";
import { findPersonNames } from "./persons.ts";
import { kindOfEnding, PERSON_NOUN } from "./words.ts";

export type MentionKind = "person" | "institution" | "place" | "work";

/** A name, or a term as particular as one. */
export type Mention = Span & { readonly text: string; readonly kind: MentionKind };

/**
 * The names in a folded text, in their order: runs of nominal words that jieba knows as names, or that hold a word it does not
 * know, or that stand in quotation marks, or that end like an institution's name and stand in the corpus word for word.
 */
export function findMentions(
  folded: string,
  tokens: readonly Token[],
  occurs: (text: string) => boolean,
): Mention[] {
  const quoted = findQuoted(folded);
  const isFree = ({ start, end }: Span) => !quoted.some((quote) => overlap(quote, { start, end }));
  const persons = findPersonNames(folded, tokens).filter(isFree);
  const words = [...tokens.filter(isFree), ...quoted].sort((a, b) => a.start - b.start);
  const mentions = persons.map(({ start, end }) => toMention(folded.slice(start, end), start, "person"));
  for (let i = 0; i < words.length; ) {
    const run = readRun(words, i, persons);
    const found = run.length > 0 ? nameIn(folded, run, occurs) : undefined;
    if (found) mentions.push(found.mention);
    i += Math.max(1, found?.count ?? run.length);
  }
  return mentions.sort((a, b) => a.start - b.start);
}

const QUOTED = /《[^《》]{1,30}》|[“「『][^“”「」『』，。；！？]{1,16}[”」』]|"[^"，。；！？]{1,16}"/gu;

/** Each as one word, tagged `quoted`. */
function findQuoted(folded: string): Token[] {
  return Array.from(folded.matchAll(QUOTED), ({ 0: word, index }) => {
    return { start: index, end: index + word.length, word, tag: "quoted" };
  });
}

/** In words. No name is longer, and every beginning of a run is tried. */
const LONGEST_RUN = 16;

/** Nominal words one after the other, up to the next person. */
function readRun(words: readonly Token[], from: number, persons: readonly Span[]): Token[] {
  const run: Token[] = [];
  for (let i = from; i < words.length && run.length < LONGEST_RUN; i++) {
    const word = words[i]!;
    if (persons.some((person) => overlap(person, word))) break;
    if (!isNominal(word) && !joins(words, i, run)) break;
    run.push(word);
  }
  return run;
}

const ORDINAL = /^第[一二三四五六七八九十\d]+$/u;

function isNominal({ word, tag }: Token): boolean {
  if (tag === "quoted" || ORDINAL.test(word)) return true;
  return /^(?:n|j|b|vn|an|eng|x)/u.test(tag) && /^[\p{L}\p{N}·]+$/u.test(word) && !/^\d+$/u.test(word);
}

/** A word of another kind inside a name: 市中西医〔结合〕医院, 南岭〔自然〕博物馆, 云帆〔号〕. */
function joins(words: readonly Token[], i: number, run: readonly Token[]): boolean {
  const { word, tag } = words[i]!;
  if (run.length === 0 || !/^[vdmfsqa]/u.test(tag) || !/^\p{Script=Han}+$/u.test(word)) return false;
  if (/^[是有的了为在到]$|[多几]/u.test(word)) return false;
  if (/^[mq]/u.test(tag)) return /^[号点院制奖]$/u.test(word);
  const next = words[i + 1];
  if (!next || !/^(?:n|j|m|x)/u.test(next.tag) || !/\p{Script=Han}/u.test(next.word)) return false;
  const complete = kindOfEnding(run.map((each) => each.word).join("")) !== undefined;
  return !complete || run.every((each) => each.tag === "ns") || kindOfEnding(next.word) === "work";
}

type Found = { readonly mention: Mention; readonly count: number };

/** The longest beginning of a run that is a name: what ends like one, or else the proper words in it. */
function nameIn(folded: string, run: readonly Token[], occurs: (text: string) => boolean): Found | undefined {
  const { start } = run[0]!;
  for (let count = run.length; count > 0; count--) {
    const part = run.slice(0, count);
    const text = folded.slice(start, part.at(-1)!.end);
    const ending = kindOfEnding(text);
    const proper = part.some(isProper);
    if (!ending || !(proper || count > 1) || goesBeyond(part)) continue;
    if ((proper && part.every(isNominal)) || occurs(text))
      return { mention: toMention(text, start, ending), count };
  }
  return properWords(folded, run, occurs);
}

/** 株洲市中心医院|市…: what follows an institution's name and could end one itself begins something else. */
function goesBeyond(part: readonly Token[]): boolean {
  const before = part
    .slice(0, -1)
    .map(({ word }) => word)
    .join("");
  return part.at(-1)!.word.length === 1 && kindOfEnding(before) === "institution";
}

/** Proper words, and the nouns after them as far as the corpus has them so: 青鸾铜灯, “三三制”人力资源配置管理模式. */
function properWords(
  folded: string,
  run: readonly Token[],
  occurs: (text: string) => boolean,
): Found | undefined {
  const from = run.findIndex(isProper);
  if (from < 0) return undefined;
  const length = run.slice(from).findIndex((word) => !isProper(word));
  const to = length < 0 ? run.length : from + length;
  const { start } = run[from]!;
  for (let count = run.length; count > to; count--) {
    const last = run[count - 1]!;
    const text = folded.slice(start, last.end);
    if (/^[nx]/u.test(last.tag) && occurs(text)) return { mention: toMention(text, start, "work"), count };
  }
  const kind = run.slice(from, to).every(({ tag }) => tag === "ns") ? "place" : "work";
  return { mention: toMention(folded.slice(start, run[to - 1]!.end), start, kind), count: to };
}

function isProper({ word, tag }: Token): boolean {
  if (tag === "quoted" || ORDINAL.test(word)) return true;
  if (/^(?:nr|ns|nz|eng)/u.test(tag)) return word.length > 1;
  return tag === "x" && /^[\p{L}\p{N}·]{2,}$/u.test(word) && !PERSON_NOUN.test(word) && !NO_NAME.test(word);
}

/** What jieba does not know and yet is no name: 几有, 个地方. */
const NO_NAME = /[几哪谁是有的了]|^[个名位家条]/u;

function toMention(text: string, start: number, kind: MentionKind): Mention {
  return { text, start, end: start + text.length, kind };
}
