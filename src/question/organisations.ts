import { isUnknownWord } from "../text/content-words.ts";
import type { Span } from "../text/span.ts";
import { type Token, tokenize } from "../text/tagged-words.ts";
import { INSTITUTION, INSTITUTIONS } from "./institutions.ts";

const HEAD = new RegExp(
  `(?:${INSTITUTIONS}|学校|幼儿园|支部|党委|委员会|协会|工作室|[^\\s]{2}局|[^\\s]{2}厂)$`,
  "u",
);
/** jieba's tags for nouns, what distinguishes them, abbreviations and directions. */
const MODIFIER_TAG = /^(?:n|b|j|f|s|vn|l|i|eng)/u;
/** Verbs that stand inside names: 中西医结合医院, 附属医院; and numbers that do not count: 第四人民医院, 301 医院, and not 两家医院. */
const MODIFIER = /^(?:结合|综合|附属|直属|联合|保健|第|[一二三四五六七八九十百〇零\d]+$)/u;
const LONGEST = 14;

/** The organisations that a folded text names, each with what tells it from others: 市中西医结合医院, and not 医院 alone. */
export function findOrganisations(folded: string): Span[] {
  const tokens = tokenize(folded);
  return tokens.flatMap((token, i) => {
    if (!HEAD.test(token.word)) return [];
    const first = firstModifier(tokens, i);
    const isTold = first < i || token.word.length > 4;
    return isTold ? [{ start: tokens[first]!.start, end: token.end }] : [];
  });
}

/** How far back the words before a head belong to its name. */
function firstModifier(tokens: readonly Token[], head: number): number {
  let first = head;
  while (first > 0) {
    const { word, tag, start, end } = tokens[first - 1]!;
    const belongs = MODIFIER_TAG.test(tag) || MODIFIER.test(word) || isUnknownWord(tokens[first - 1]!);
    if (!belongs || end !== tokens[first]!.start || tokens[head]!.end - start > LONGEST) break;
    first--;
  }
  return first;
}

/** jieba's tags for places, organisations and other names. */
const NAME_TAG = /^n[stz]/u;

/**
 * The institution that a name of an organisation begins with (湘潭市中心医院 of 湘潭市中心医院党委), where a proper name tells it: a word that
 * jieba knows as one. 定点医院 and 市中心医院 may be any.
 */
export function institutionOf(organisation: string): string | undefined {
  const kind = INSTITUTION.exec(organisation);
  if (!kind) return undefined;
  const name = organisation.slice(0, kind.index + kind[0].length);
  return tokenize(name).some(({ word, tag }) => NAME_TAG.test(tag) && word.length > 1) ? name : undefined;
}
