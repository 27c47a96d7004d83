import type { Span } from "../../text/span.ts";
import { SURNAMES } from "../../text/surnames.ts";
import type { Token } from "../../text/tagged-words.ts";
import { kindOfEnding, TITLE_AFTER_SURNAME } from "./words.ts";

/**
 * The names of persons in a folded text. jieba knows few of them and cuts many (方|启明, 师沈仲安用): a surname counts where
 * jieba took a part for a name or for nothing it knows, or where a role stands before it.
 */
export function findPersonNames(folded: string, tokens: readonly Token[]): Span[] {
  const names: Span[] = [];
  tokens.forEach((token, i) => {
    if (names.some(({ end }) => end > token.start)) return;
    const name =
      titledSurname(tokens, i) ?? wholeName(tokens, i) ?? cutName(tokens, i) ?? nameInside(folded, token);
    if (name) names.push(name);
  });
  for (const { index } of folded.matchAll(PET_NAME)) names.push({ start: index, end: index + 2 });
  return names.sort((a, b) => a.start - b.start);
}

/** 为乐乐筹集: a doubled character for whom something is done. */
const PET_NAME = /(?<=[为给帮替跟陪救])(\p{Script=Han})\1(?=\p{Script=Han})(?![的地得])/gu;

const TITLE = new RegExp(`^(?:${TITLE_AFTER_SURNAME})$`, "u");

/** 林婆婆, 李师傅. */
function titledSurname(tokens: readonly Token[], i: number): Span | undefined {
  const [token, next] = [tokens[i]!, tokens[i + 1]];
  return next && SURNAMES.has(token.word) && TITLE.test(next.word)
    ? { start: token.start, end: next.end }
    : undefined;
}

/** 黎柏峰, of which jieba made one word; and 邓立|人, of which it made one and a half. */
function wholeName(tokens: readonly Token[], i: number): Span | undefined {
  const [token, next, afterNext] = [tokens[i]!, tokens[i + 1], tokens[i + 2]];
  if (!/^nr|^x$/u.test(token.tag) || !isPersonName(token.word)) return undefined;
  const placeLike = next?.word.length === 1 && kindOfEnding(next.word) !== undefined;
  if (placeLike) return undefined;
  const goesOn =
    token.word.length === 2 &&
    next?.word.length === 1 &&
    /^(?:n|zg|ng|nr)$/u.test(next.tag) &&
    (afterNext === undefined || /^[vpdx]/u.test(afterNext.tag));
  return { start: token.start, end: goesOn ? next.end : token.end };
}

function isPersonName(word: string): boolean {
  if (!/^\p{Script=Han}{2,4}$/u.test(word)) return /^\p{Script=Han}+·\p{Script=Han}+$/u.test(word);
  const compound = SURNAMES.has(word.slice(0, 2)) && word.length > 2;
  if (!compound && !(SURNAMES.has(word[0]!) && word.length < 4)) return false;
  return GIVEN_NAME.test(word) || kindOfEnding(word) === undefined;
}

/** Last characters of places that given names end in as well. */
const GIVEN_NAME = /[峰海江洲溪州国]$/u;

/** Last characters of roles: 主任, 书记, 馆长, 修复师, 队员, 专家, 创始人, 学生. */
const ROLE_END = "任记长师员授士家人生理监者";
const ROLE = new RegExp(`[${ROLE_END}]$`, "u");

/** Characters that seldom end a given name, for they begin what a person does. */
const NOT_IN_NAMES = /[说在是为介表用带和的从等率将把已也就对与从向]/u;

/** 贺|建平, 方|启明: a surname alone, and one or two characters. */
function cutName(tokens: readonly Token[], i: number): Span | undefined {
  const [before, token, next] = [tokens[i - 1], tokens[i]!, tokens[i + 1]];
  if (!SURNAMES.has(token.word) || !next || !/^\p{Script=Han}{1,2}$/u.test(next.word)) return undefined;
  if (NOT_IN_NAMES.test(next.word[0]!) || kindOfEnding(next.word) !== undefined) return undefined;
  const known = token.tag === "nr" || /^nr/u.test(next.tag);
  const afterRole =
    before !== undefined && before.word.length > 1 && ROLE.test(before.word) && /^[nxbl]/u.test(before.tag);
  const alone = tokens.length === 2;
  const likely = known || alone || (afterRole && !/^[于向常万成高和安时]$/u.test(token.word));
  return likely ? { start: token.start, end: next.end } : undefined;
}

const INSIDE = new RegExp(`(?<=.[${ROLE_END}]|^[${ROLE_END}])(\\p{Script=Han})(?=\\p{Script=Han}|$)`, "gu");

/** 师沈仲安用, 护鸟员田|阿根: a role, a name and more that jieba took for one word. */
function nameInside(folded: string, { word, tag, start }: Token): Span | undefined {
  if (tag !== "x" || word.length < 3) return undefined;
  for (const { 1: surname, index } of word.matchAll(INSIDE)) {
    const given = /^\p{Script=Han}{1,2}/u.exec(folded.slice(start + index + 1))?.[0] ?? "";
    if (!SURNAMES.has(surname!) || given === "" || NOT_IN_NAMES.test(given[0]!)) continue;
    const length = given.length === 2 && !NOT_IN_NAMES.test(given[1]!) ? 3 : 2;
    return { start: start + index, end: start + index + length };
  }
  return undefined;
}
