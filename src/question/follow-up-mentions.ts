import type { Span } from "../text/span.ts";
import { kindOfEnding, TITLE_AFTER_SURNAME } from "./follow-up-words.ts";
import { SURNAMES } from "./surnames.ts";
import type { Token } from "./tagged-words.ts";

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
  const mentions: Mention[] = [];
  for (let i = 0; i < tokens.length; ) {
    const run = readRun(tokens, i, quoted);
    const found = run.length > 0 ? nameIn(folded, run, tokens, occurs, quoted) : undefined;
    if (found) mentions.push(found.mention);
    i += Math.max(1, found?.count ?? run.length);
  }
  return mentions;
}

function findQuoted(folded: string): Span[] {
  return Array.from(
    folded.matchAll(/《[^》]{1,30}》|“[^”]{1,24}”|「[^」]{1,24}」|『[^』]{1,24}』|"[^"]{1,24}"/gu),
    ({ 0: { length }, index }) => ({ start: index, end: index + length }),
  );
}

/** Nominal words one after the other; a person's name is a run of its own. */
function readRun(tokens: readonly Token[], from: number, quoted: readonly Span[]): Token[] {
  const run: Token[] = [];
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (isPersonAt(tokens, i, quoted)) return run.length > 0 ? run : personTokens(tokens, i);
    if (!isNominal(token, quoted) && !joins(tokens, i, run)) break;
    run.push(token);
  }
  return run;
}

function isNominal(token: Token, quoted: readonly Span[]): boolean {
  if (quoted.some(({ start, end }) => start <= token.start && token.end <= end)) return true;
  if (/^第[一二三四五六七八九十\d]+$/u.test(token.word)) return true;
  return (
    /^(?:n|j|b|vn|an|eng|x)/u.test(token.tag) && /^[\p{L}\p{N}·]+$/u.test(token.word) && !isTime(token.word)
  );
}

function isTime(word: string): boolean {
  return /^\d+$/u.test(word);
}

/** A word of another kind inside a name: 市中西医〔结合〕医院, 南岭〔自然〕博物馆, 云帆〔号〕. */
function joins(tokens: readonly Token[], i: number, run: readonly Token[]): boolean {
  const token = tokens[i]!;
  if (run.length === 0 || !/^[vdmfsqa]/u.test(token.tag) || !/^\p{Script=Han}+$/u.test(token.word))
    return false;
  if (/^[是有的了为在到]$/u.test(token.word) || /[多几]/u.test(token.word)) return false;
  if (/^m|^q/u.test(token.tag)) return token.word.length === 1 && /[号点院制奖]/u.test(token.word);
  const next = tokens[i + 1];
  const before = run.map(({ word }) => word).join("");
  const open = kindOfEnding(before) === undefined || run.every(({ tag }) => tag === "ns");
  return open && next !== undefined && /^(?:n|j|m|x)/u.test(next.tag) && /\p{Script=Han}/u.test(next.word);
}

function isPersonAt(tokens: readonly Token[], i: number, quoted: readonly Span[]): boolean {
  return (
    personTokens(tokens, i).length > 0 &&
    !quoted.some((span) => span.start <= tokens[i]!.start && tokens[i]!.end <= span.end)
  );
}

const TITLE = new RegExp(`^(?:${TITLE_AFTER_SURNAME})$`, "u");

function personTokens(tokens: readonly Token[], i: number): Token[] {
  const token = tokens[i]!;
  const next = tokens[i + 1];
  if (next && SURNAMES.has(token.word) && TITLE.test(next.word)) return [token, next];
  const named = /^nr/u.test(token.tag) || token.tag === "x";
  if (!named || !isPersonName(token.word)) return [];
  return next && kindOfEnding(next.word) !== undefined && next.word.length === 1 ? [] : [token];
}

/** Last characters of places that given names end in as well. */
const GIVEN_NAME = /[峰海江洲溪州国]$/u;

function isPersonName(word: string): boolean {
  if (!/^\p{Script=Han}{2,4}$/u.test(word)) return /^\p{Script=Han}+·\p{Script=Han}+$/u.test(word);
  const compound = SURNAMES.has(word.slice(0, 2)) && word.length > 2;
  return (
    (compound || (SURNAMES.has(word[0]!) && word.length < 4)) &&
    (GIVEN_NAME.test(word) || kindOfEnding(word) === undefined)
  );
}

type Found = { readonly mention: Mention; readonly count: number };

function nameIn(
  folded: string,
  run: readonly Token[],
  tokens: readonly Token[],
  occurs: (text: string) => boolean,
  quoted: readonly Span[],
): Found | undefined {
  const first = run[0]!;
  const textOf = (count: number) => folded.slice(first.start, run[count - 1]!.end);
  if (
    personTokens(tokens, tokens.indexOf(first)).length > 0 &&
    run.length <= 2 &&
    isPersonAt(tokens, tokens.indexOf(first), quoted)
  ) {
    return toFound(textOf(run.length), first.start, "person", run.length);
  }
  for (let count = run.length; count > 0; count--) {
    const part = run.slice(0, count);
    const text = textOf(count);
    const ending = kindOfEnding(text);
    const proper = part.some((token) => isProper(token, quoted));
    const plain = part.every((token) => isNominal(token, quoted));
    if (ending && (proper || count > 1) && (plain && proper ? true : occurs(text)))
      return toFound(text, first.start, ending, count);
  }
  return withoutEnding(folded, run, occurs, quoted);
}

/** Proper words, and the nouns after them as far as the corpus has them so: 青鸾铜灯, “三三制”人力资源配置管理模式. */
function withoutEnding(
  folded: string,
  run: readonly Token[],
  occurs: (text: string) => boolean,
  quoted: readonly Span[],
): Found | undefined {
  const from = run.findIndex((token) => isProper(token, quoted));
  if (from < 0) return undefined;
  let to = from;
  while (to + 1 < run.length && isProper(run[to + 1]!, quoted)) to++;
  const start = run[from]!.start;
  for (let end = run.length - 1; end > to; end--) {
    const text = folded.slice(start, run[end]!.end);
    if (/^n|^x/u.test(run[end]!.tag) && occurs(text)) return toFound(text, start, "work", end + 1);
  }
  const text = folded.slice(start, run[to]!.end);
  const place = run.slice(from, to + 1).every(({ tag }) => tag === "ns");
  return toFound(text, start, place ? "place" : "work", to + 1);
}

function isProper(token: Token, quoted: readonly Span[]): boolean {
  if (quoted.some(({ start, end }) => start <= token.start && token.end <= end)) return true;
  if (/^第/u.test(token.word)) return true;
  if (/^(?:nr|ns|nz|eng)/u.test(token.tag)) return token.word.length > 1;
  return token.tag === "x" && /^[\p{L}\p{N}·]{2,}$/u.test(token.word);
}

function toFound(text: string, start: number, kind: MentionKind, count: number): Found {
  return { mention: { text, start, end: start + text.length, kind }, count };
}
