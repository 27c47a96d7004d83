import { matchBrackets } from "./brackets.ts";
import type { Span } from "./span.ts";

/**
 * Cuts a clean text into its sentences, headings and captions. A sentence keeps its closing quotes and brackets, what is
 * said within short quotes stays with them, and a short 他说。 after a quote belongs to it. A long sentence is cut at its
 * semicolons. White space around a sentence belongs to none.
 */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    for (const span of splitLine(text.slice(start, end))) spans.push(trimSpan(text, shift(span, start)));
    start = end + 1;
  }
  return spans.filter(({ start, end }) => end > start);
}

/** The span without the white space at its two ends. */
export function trimSpan(text: string, { start, end }: Span): Span {
  while (start < end && /\s/u.test(text[start]!)) start++;
  while (end > start && /\s/u.test(text[end - 1]!)) end--;
  return { start, end };
}

function splitLine(line: string): Span[] {
  const partners = matchBrackets(line);
  const sentences = between(line, sentenceEnds(line, partners));
  return joinSpeakers(line, sentences).flatMap((sentence) => cutAtSemicolons(line, sentence, partners));
}

function between(line: string, ends: readonly number[]): Span[] {
  const cuts = [...new Set([0, ...ends, line.length])];
  return cuts.slice(1).map((end, i) => ({ start: cuts[i]!, end }));
}

function shift({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** In characters. Sentences within longer quotes are sentences of their own. */
const SHORT_QUOTE = 80;

/** With these the sentence goes on after a quote or a pause: “为什么？”的问题。 */
const GOES_ON = /[，,、；;：:的等]/u;

const PAUSES = /[”’」』）)】》〉〕］"…⋯]/u;

function sentenceEnds(line: string, partners: ReadonlyMap<number, number>): number[] {
  const ends: number[] = [];
  const odd = quoteParities(line);
  for (let at = 0; at < line.length; ) {
    const closing = partners.get(at);
    if (closing !== undefined && closing - at <= SHORT_QUOTE) {
      const last = ends.at(-1) ?? 0;
      const speaks = /[“「『‘"]/u.test(line[at]!) || line.slice(last, at).trim() === "";
      at = closing + 1;
      if (!speaks || !/[。！？!?…⋯.｡]/u.test(line[closing - 1]!)) continue;
    } else {
      const mark = endMarkAt(line, at, ends.at(-1) ?? 0);
      if (mark === 0) {
        at++;
        continue;
      }
      at += mark;
    }
    at = skipClosers(line, at, ends.at(-1) ?? 0, odd);
    if (!(PAUSES.test(line[at - 1]!) && GOES_ON.test(line[at] ?? ""))) ends.push(at);
  }
  return ends;
}

/** For each place, 1 where an odd number of straight quotes stands before it. */
function quoteParities(line: string): Uint8Array {
  if (!line.includes('"')) return NO_QUOTES;
  const odd = new Uint8Array(line.length + 1);
  for (let at = 0; at < line.length; at++) odd[at + 1] = line[at] === '"' ? 1 - odd[at]! : odd[at]!;
  return odd;
}

const NO_QUOTES = new Uint8Array();

/** What closes, and marks that follow: …”……, ！”）. Straight quotes close where one was open. */
function skipClosers(line: string, from: number, sentenceStart: number, odd: Uint8Array): number {
  let at = from;
  while (at < line.length) {
    const character = line[at]!;
    const closes = /[”’」』）)】》〉〕］。！？…⋯]/u.test(character);
    const straight = character === '"' && odd[at] !== odd[sentenceStart];
    if (!closes && !straight) break;
    at++;
  }
  return at;
}

const END_MARKS = new Set("。！？｡…⋯.!?");

/** Shorter stretches before …… are a hesitation, not a sentence: 我……我想说。 */
const HESITATION = 8;

/** How many characters at `at` end a sentence; 0 where none does. */
function endMarkAt(line: string, at: number, sentenceStart: number): number {
  if (!END_MARKS.has(line[at]!)) return 0;
  const rest = line.slice(at, at + 12);
  const full = /^[。！？｡]+[。！？!?｡]*/u.exec(rest);
  if (full) return full[0].length;
  const ellipsis = /^(?:[…⋯]+|\.{3,})/u.exec(rest);
  if (ellipsis)
    return at - sentenceStart >= HESITATION || at + ellipsis[0].length >= line.length
      ? ellipsis[0].length
      : 0;
  const half = /^[!?]+[!?！？]*/u.exec(rest);
  if (half) return partsWords(line, at, half[0].length) ? 0 : half[0].length;
  return rest.startsWith(".") && isFullStop(line, at, sentenceStart) ? 1 : 0;
}

/** As in an address: /ask?q=1. */
function partsWords(line: string, at: number, length: number): boolean {
  return /[\w/&=]/u.test(line[at - 1] ?? " ") && /[\w/&=]/u.test(line[at + length] ?? " ");
}

const ABBREVIATION =
  /(?:^|[^\p{Script=Latin}\d])(?:\p{Lu}|Mrs?|Ms|Dr|Prof|St|vs|etc|No|Fig|Vol|pp?|cf|approx|e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp)$/u;
const LIST_NUMBER = /^\s*\d{1,3}$/u;

/** A half-width point ends an English sentence only: 53.95%, 5. 项目, e.g. and No. 1 do not end there. */
function isFullStop(line: string, at: number, sentenceStart: number): boolean {
  const before = line.slice(Math.max(sentenceStart, at - 12), at);
  if (!/[\p{Script=Latin}\d)”"'’%]$/u.test(before)) return false;
  const after = line.slice(at + 1);
  if (!/^["'”’)]*(?:$|\s+[^\p{Ll}\s]|\p{Script=Han})/u.test(after)) return false;
  return after.trim() === "" || !(ABBREVIATION.test(before) || LIST_NUMBER.test(before));
}

/** In characters. */
const LONGEST_SPEAKER = 36;
const LONGEST_JOINED = 200;
const SPEAKER =
  /^[^“”「」『』。！？!?；]*(?:说|道|问|答|喊|称|表示|告诉记者|介绍|回忆|感慨|坦言|強調|强调|說|問)(?:着|了|到)?[。！!.]$/u;

/** Joins “……进步。” and 夏红说。: without who said it, a quote is half a statement. */
function joinSpeakers(line: string, sentences: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const sentence of sentences) {
    const before = joined.at(-1);
    if (before && speaksAfter(line, before, sentence))
      joined[joined.length - 1] = { start: before.start, end: sentence.end };
    else joined.push(sentence);
  }
  return joined;
}

function speaksAfter(line: string, quote: Span, speaker: Span): boolean {
  const words = line.slice(speaker.start, speaker.end).trim();
  return (
    words.length <= LONGEST_SPEAKER &&
    speaker.end - quote.start <= LONGEST_JOINED &&
    /[。！？!?…][”」』"]\s*$/u.test(line.slice(quote.start, quote.end)) &&
    SPEAKER.test(words)
  );
}

/** In characters. A shorter sentence says one thing, its semicolons notwithstanding. */
const LONG_SENTENCE = 120;
const SHORT_CLAUSE = 16;

function cutAtSemicolons(line: string, sentence: Span, partners: ReadonlyMap<number, number>): Span[] {
  if (sentence.end - sentence.start <= LONG_SENTENCE) return [sentence];
  const clauses: Span[] = [];
  let start = sentence.start;
  for (let at = start; at < sentence.end; at++) {
    const closing = partners.get(at);
    if (closing !== undefined && closing < sentence.end && closing - at <= SHORT_QUOTE) at = closing;
    else if (isSemicolon(line, at) && at + 1 - start >= SHORT_CLAUSE && sentence.end - at > SHORT_CLAUSE) {
      clauses.push({ start, end: at + 1 });
      start = at + 1;
    }
  }
  return [...clauses, { start, end: sentence.end }];
}

function isSemicolon(line: string, at: number): boolean {
  if (line[at] === "；") return true;
  return line[at] === ";" && !/&#?\w{1,8}$/u.test(line.slice(Math.max(0, at - 10), at));
}
