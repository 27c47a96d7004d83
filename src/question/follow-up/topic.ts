import { overlap } from "../../text/span.ts";
import type { Token } from "../../text/tagged-words.ts";
import type { Mention } from "./mentions.ts";
import type { Reading } from "./reading.ts";

/**
 * What a question is about, as it says it: 三三一医院的医联体 of 三三一医院的医联体从哪年开始, but 湘潭市中心医院 of
 * 湘潭市中心医院的党委书记是谁, where the rest is what was asked for. Where it names nothing, the words it begins with, if they
 * stand in the corpus: 武当仙鹤草. `occurs` tells that of a folded text.
 */
export function topicOf(question: Reading, occurs: (text: string) => boolean): string | undefined {
  const mention = mainMention(question);
  if (!mention) {
    const subject = subjectOf(question);
    const particular = subject !== undefined && subject.length > 2 && question.text.startsWith(subject);
    return particular && question.asked && occurs(question.folded.slice(0, subject.length))
      ? subject
      : undefined;
  }
  const end = nounPhraseEnd(question, mention.end);
  return question.text.slice(mention.start, isAskedFor(question, end) ? mention.end : end);
}

/** Like `topicOf` with all that belongs to the name, and where nothing is named, the words before the predicate. */
export function subjectOf(question: Reading): string | undefined {
  const mention = mainMention(question);
  const start = mention?.start ?? question.tokens.find(isNoun)?.start;
  if (start === undefined) return undefined;
  const text = question.text.slice(start, nounPhraseEnd(question, mention?.end ?? start));
  return text.length > 1 ? text : undefined;
}

/** The first name that is no mere circumstance (在黄冈…), or the first of all. */
export function mainMention({ mentions, tokens }: Reading): Mention | undefined {
  const isFree = ({ start }: Mention) =>
    !tokens.some(({ end, tag, word }) => end === start && tag === "p" && word !== "由");
  return mentions.find(isFree) ?? mentions[0];
}

/** Where the nouns after a place in the question end: 的 joins them, a lone character after a name (…医院市外) does not belong. */
export function nounPhraseEnd({ tokens, mentions, asked }: Reading, from: number): number {
  let end = from;
  for (const [i, token] of tokens.entries()) {
    if (token.start < from) continue;
    if (asked && overlap(asked, token)) break;
    const inside = mentions.some((mention) => mention.start <= token.start && token.end <= mention.end);
    const noun = isNoun(token) && !isVerbHere(token, tokens[i + 1]);
    const cut = token.word.length === 1 && mentions.some((mention) => mention.end === token.start);
    if (inside || (noun && !cut)) end = token.end;
    else if (token.word !== "的") break;
  }
  return end;
}

export function isNoun({ word, tag }: Token): boolean {
  return /^(?:n|j|x|vn|an|l|b|eng)/u.test(tag) && /[\p{L}\p{N}]/u.test(word);
}

/** What jieba takes for a noun is a verb before these: 发源于, 设计了. */
function isVerbHere({ tag }: Token, next: Token | undefined): boolean {
  if (next === undefined) return false;
  return /^[于了过着]$/u.test(next.word) || (tag === "vn" && /^[出到为给]$/u.test(next.word));
}

/** Whether nothing but the asking phrase and an empty verb follows: …是谁, …有多少名, …是多少. */
function isAskedFor({ folded, asked }: Reading, end: number): boolean {
  if (!asked || asked.start < end || folded.length - asked.end > 2) return false;
  return /^(?:都?有|是|为|叫|达到?了?)?$/u.test(folded.slice(end, asked.start));
}
