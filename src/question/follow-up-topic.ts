import type { Mention } from "./follow-up-mentions.ts";
import { type Reading, readQuestion } from "./follow-up-reading.ts";
import { classOf, PERSON_NOUN } from "./follow-up-words.ts";
import type { Token } from "./tagged-words.ts";

/** A question of the conversation, made to stand alone, and what the assistant said to it. */
export type Exchange = { readonly question: Reading; readonly answer: string };

type Occurs = (text: string) => boolean;

/**
 * What a question is about, as it says it: 三三一医院的医联体 of 三三一医院的医联体从哪年开始, but 湘潭市中心医院 of
 * 湘潭市中心医院的党委书记是谁, where the rest is what was asked for. Undefined where it names nothing.
 */
export function topicOf(question: Reading): string | undefined {
  const mention = mainMention(question);
  if (!mention) return undefined;
  const end = nounPhraseEnd(question, mention.end);
  if (end === mention.end || isAskedFor(question, end))
    return question.text.slice(mention.start, mention.end);
  return question.text.slice(mention.start, end);
}

/** Like `topicOf`, and where nothing is named, the words before the predicate: 第一党支部书记, 那个小男孩. */
export function subjectOf(question: Reading): string | undefined {
  const mention = mainMention(question);
  const start = mention?.start ?? question.tokens.find(isNoun)?.start;
  if (start === undefined) return undefined;
  const text = question.text.slice(start, nounPhraseEnd(question, mention?.end ?? start));
  return text.length > 1 ? text : undefined;
}

/** The first name that is no mere circumstance (在黄冈…), or the first of all. */
function mainMention({ mentions, tokens }: Reading): Mention | undefined {
  const free = mentions.find(
    ({ start }) => !tokens.some(({ end, tag, word }) => end === start && tag === "p" && word !== "由"),
  );
  return free ?? mentions[0];
}

/** Where the nouns after a name end: 的 joins them. */
export function nounPhraseEnd({ tokens, mentions, asked }: Reading, from: number): number {
  let end = from;
  for (const token of tokens.filter(({ start }) => start >= from)) {
    if (asked && token.end > asked.start && token.start < asked.end) break;
    const inside = mentions.some((mention) => mention.start <= token.start && token.end <= mention.end);
    if (inside || isNoun(token)) end = token.end;
    else if (token.word !== "的") break;
  }
  return end;
}

export function isNoun({ word, tag }: Token): boolean {
  return /^(?:n|j|x|vn|an|l|b|eng)/u.test(tag) && /[\p{L}\p{N}]/u.test(word);
}

/** Whether nothing but the asking phrase and an empty verb follows: …是谁, …有多少名, …是多少. */
function isAskedFor({ folded, asked }: Reading, end: number): boolean {
  if (!asked || asked.start < end) return false;
  return (
    /^(?:是|为|有|叫|达到?了?|都?有)?$/u.test(folded.slice(end, asked.start)) &&
    folded.length - asked.end <= 2
  );
}

/** The person whom 他 means: nearest first, whom the reader named before whom the assistant named. */
export function findPerson(
  exchanges: readonly Exchange[],
  current: Reading,
  occurs: Occurs,
): string | undefined {
  for (const { question, answer } of exchanges) {
    const asksWho = question.asked?.kind === "person";
    const answered = asksWho ? personsIn(answer, question, occurs)[0] : undefined;
    const named = question.mentions.find(({ kind, text }) => kind === "person" && isNew(text, current));
    const found = answered ?? named?.text;
    if (found) return found;
    if (asksWho || PERSON_NOUN.test(subjectOf(question) ?? "")) {
      return personsIn(answer, question, occurs)[0] ?? subjectOf(question);
    }
  }
  return exchanges.flatMap(({ question, answer }) => personsIn(answer, question, occurs))[0];
}

/** Several persons, or a group that has a name. */
export function findPersons(
  exchanges: readonly Exchange[],
  current: Reading,
  occurs: Occurs,
): string | undefined {
  for (const { question, answer } of exchanges) {
    const named = question.mentions.filter(({ kind }) => kind === "person").map(({ text }) => text);
    if (named.length > 1) return named.slice(0, 3).join("、");
    if (question.asked?.kind === "person") {
      const answered = personsIn(answer, question, occurs);
      if (answered.length > 0) return answered.slice(0, 3).join("、");
    }
    const subject = topicOf(question) ?? subjectOf(question);
    if (subject) return subject;
  }
  return findPerson(exchanges, current, occurs);
}

/** What 它 means, or of what class `noun` it is: 该院 ends in 院. */
export function findThing(
  exchanges: readonly Exchange[],
  current: Reading,
  occurs: Occurs,
  fits: (mention: Mention) => boolean = () => true,
): string | undefined {
  const isFit = (mention: Mention) =>
    mention.kind !== "person" && isNew(mention.text, current) && fits(mention);
  for (const { question, answer } of exchanges) {
    const named = question.mentions.find((mention) => isFit(mention) && mention === mainMention(question));
    const found = named ?? question.mentions.find(isFit);
    if (found) return found.text;
    if (asksForThing(question)) {
      const answered = mentionsIn(answer, occurs).filter(isFit);
      const wanted = question.folded.slice(question.asked?.end).replace(/^[的]/u, "");
      const best = answered.find(
        ({ text }) => wanted !== "" && wanted.startsWith(classOf(text)) && classOf(text) !== "",
      );
      if (best ?? answered[0]) return (best ?? answered[0])!.text;
    }
  }
  return exchanges.flatMap(({ answer }) => mentionsIn(answer, occurs)).find(isFit)?.text;
}

function asksForThing({ asked }: Reading): boolean {
  return asked !== undefined && /^(?:thing|place|definition|list)$/u.test(asked.kind);
}

function isNew(text: string, current: Reading): boolean {
  return !current.folded.includes(text);
}

function mentionsIn(answer: string, occurs: Occurs): readonly Mention[] {
  return answer === "" ? [] : readQuestion(answer.slice(0, LONGEST_ANSWER), occurs).mentions;
}

/** Of an answer, in UTF-16 units: the first quotes. */
const LONGEST_ANSWER = 400;

/** The persons of an answer that the question does not name, those nearest to its words first. */
function personsIn(answer: string, question: Reading, occurs: Occurs): string[] {
  const text = answer.slice(0, LONGEST_ANSWER);
  const persons = mentionsIn(text, occurs).filter(
    ({ kind, text: name }) => kind === "person" && !question.folded.includes(name),
  );
  const scored = persons.map((person) => ({ person, score: closeness(text, person, question.folded) }));
  scored.sort((a, b) => b.score - a.score || a.person.start - b.person.start);
  return [...new Set(scored.map(({ person }) => person.text))];
}

/** Characters on either side of a name within which the question's words speak for it. */
const NEARBY = 14;

function closeness(text: string, { start, end }: Mention, question: string): number {
  let score = 0;
  for (let i = Math.max(0, start - NEARBY); i < Math.min(text.length - 1, end + NEARBY); i++) {
    if (i + 1 >= start && i < end) continue;
    const distance = i < start ? start - i - 1 : i - end + 1;
    if (question.includes(text.slice(i, i + 2))) score += 1 / (1 + distance);
  }
  return score;
}
