import { overlap, type Span } from "../../text/span.ts";
import type { Token } from "../../text/tagged-words.ts";
import { type Exchange, findName, findPerson } from "./antecedents.ts";
import type { FollowUpCorpus } from "./follow-up-corpus.ts";
import type { Reading } from "./reading.ts";
import { isNoun, mainMention, nounPhraseEnd } from "./topic.ts";
import { PERSON_NOUN } from "./words.ts";

/** More words of content than these make a question of its own, with a subject and without. */
const MOST_WITH_SUBJECT = 3;
const MOST_WITHOUT = 5;

/** The share of a question's weight that the articles on the topic must have. */
const COHERENCE = 0.5;

/** What is asked of persons only. */
const OF_PERSONS =
  /哪[里儿]人|多大(?:年纪|岁数|了)|几岁|多少岁|哪个科室?(?!技)|什么职[务称]|哪[年里]毕业|毕业于|哪年出生|退休/u;

/**
 * Gives a question without a subject the topic of the conversation: 到现在服务了多少患者, 馆长是谁. Undefined where it has a
 * subject of its own, or asks for what the articles on that topic do not speak of.
 */
export function completeEllipsis(
  current: Reading,
  exchanges: readonly Exchange[],
  corpus: FollowUpCorpus,
): string | undefined {
  if (!current.asked || namesItsSubject(current)) return undefined;
  const { text } = current;
  const subject = ownSubject(current);
  const own = text.slice(subject.start, subject.end);
  const [bare = ""] = own.split("的");
  const namesake = isBareClass(bare)
    ? findName(exchanges, current, (name) => name.text.endsWith(bare))
    : undefined;
  if (!namesake && WHOLE.test(bare)) return undefined;
  const topic = namesake ?? topicFor(current, own, exchanges);
  if (!topic || current.folded.includes(topic) || !isRelated(current, topic, own, corpus)) return undefined;
  if (namesake) return text.slice(0, subject.start) + namesake + text.slice(subject.start + bare.length);
  const joint = own === "" || subject.start > 0 || text.startsWith("的是", subject.end) ? "" : "的";
  return topic + joint + text;
}

/** What belongs to nobody: with no name of that kind in the conversation, it is none that was spoken of. */
const WHOLE = /^(?:医院|公司|学校|大学|集团|博物馆|银行|城市|[河江湖山桥县市省国]|河流|湖泊)$/u;

/** 医院 and 桥, but no longer word, may be said for a name that ends so. */
function isBareClass(noun: string): boolean {
  return noun.length > 0 && noun.length < 4 && !PERSON_NOUN.test(noun);
}

/** Pronouns that the conversation did not explain: a topic before them would make no sentence. */
const POINTING = /^(?:[这那此该他她它]|其(?!中))/u;

/** Several, counted: 两家公司. */
const COUNTED = /^(?:[两二三四五六七八九十]|\d{1,2})[个名位家条座]$/u;

/** Whether a name, or a pointing word, stands there as more than a circumstance before the predicate. */
function namesItsSubject({ mentions, tokens }: Reading): boolean {
  const opening = tokens[0]?.word ?? "";
  if (POINTING.test(opening) || COUNTED.test(opening)) return true;
  const first = afterCircumstances(tokens, mentions);
  return mentions.some(({ end }) => end > (first?.start ?? 0));
}

/** The first word after 2019年, 到现在, 在黄冈, 目前, 一共 and the like. */
function afterCircumstances(tokens: readonly Token[], names: readonly Span[]): Token | undefined {
  let governed = false;
  for (const token of tokens) {
    const { word, tag } = token;
    if (names.some((name) => overlap(name, token))) {
      if (!governed) return token;
    } else if (/^p/u.test(tag) || /^[到在从于]$/u.test(word)) governed = true;
    else if (/^[tdm]/u.test(tag) || /^[年月日，,]$/u.test(word)) governed = false;
    else if (!governed || !isNoun(token)) return token;
  }
  return undefined;
}

/** The question's own noun phrase before the predicate, without a name in it: 馆长, 坐诊专家. Empty where there is none. */
function ownSubject(current: Reading): Span {
  const first = afterCircumstances(current.tokens, current.mentions);
  const end = first && isNoun(first) ? nounPhraseEnd(current, first.start) : 0;
  return first && end > first.start ? { start: first.start, end } : { start: 0, end: 0 };
}

/** The nearest topic; a person's age or school is asked of a person, and a person has no director. */
function topicFor(current: Reading, own: string, exchanges: readonly Exchange[]): string | undefined {
  const person = OF_PERSONS.test(current.folded) ? findPerson(exchanges, current) : undefined;
  if (person) return person;
  const ofPerson = PERSON_NOUN.test(own);
  const about = exchanges.filter(
    ({ question, topic }) =>
      !ofPerson || (mainMention(question)?.kind !== "person" && !PERSON_NOUN.test(topic ?? "")),
  );
  return about.map(({ topic }) => topic).find((topic) => topic !== undefined);
}

function isRelated(
  { content, asked, folded, tokens }: Reading,
  topic: string,
  own: string,
  corpus: FollowUpCorpus,
): boolean {
  const words = content.map(({ word }) => word).filter((word) => word.length > 1);
  if (words.length > (own === "" ? MOST_WITHOUT : MOST_WITH_SUBJECT)) return false;
  if (asked?.kind === "definition" && (own === "" ? asked.start === 0 : folded.endsWith(`${own}是什么`)))
    return false;
  const known = words.filter((word) => corpus.knows(word));
  if (words.length < 4 && lacksSubject(tokens) && known.length > 0) return 2 * known.length >= words.length;
  if (known.length < words.length) return false;
  if (words.length < 2) return true;
  const text = corpus.around(topic);
  const sum = (parts: readonly string[]) => parts.reduce((total, word) => total + corpus.weight(word), 0);
  return sum(words.filter((word) => text.includes(word))) >= COHERENCE * sum(words);
}

/** A question that begins with its verb cannot stand alone; one that begins with 谁, 怎么 or a noun may. */
function lacksSubject([first]: readonly Token[]): boolean {
  return first !== undefined && /^v/u.test(first.tag);
}
