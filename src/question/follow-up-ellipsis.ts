import type { Span } from "../text/span.ts";
import type { FollowUpCorpus } from "./follow-up-corpus.ts";
import { overlap, type Reading } from "./follow-up-reading.ts";
import { type Exchange, findPerson, isNoun, nounPhraseEnd, topicOf } from "./follow-up-topic.ts";
import { classOf } from "./follow-up-words.ts";
import type { Token } from "./tagged-words.ts";

/** More words of content than these make a question of its own, with and without a subject. */
const MOST_WITH_SUBJECT = 3;
const MOST_WITHOUT = 4;

/** The share of a question's weight that the articles on the topic must have. */
const COHERENCE = 0.5;

/** What is asked of persons only. */
const OF_PERSONS =
  /哪里人|哪儿人|多大年纪|多大岁数|多大了|几岁|多少岁|哪个科室?|什么职务|什么职称|哪年毕业|哪里毕业|毕业于/u;

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
  const topic = topicFor(current, exchanges, corpus);
  if (!topic || current.folded.includes(topic)) return undefined;
  const subject = subjectEnd(current);
  if (!isRelated(current, topic, subject, corpus)) return undefined;
  const { text } = current;
  const own = text.slice(subject.start, subject.end);
  if (own !== "" && classOf(topic) !== "" && isClassOf(own, topic)) {
    return text.slice(0, subject.start) + topic + text.slice(subject.end);
  }
  const joint = own === "" || subject.start > 0 || text.startsWith("的是", subject.end) ? "" : "的";
  return topic + joint + text;
}

/** Whether a name, or a pointing word that nothing explains, stands there as more than a circumstance before the predicate. */
function namesItsSubject({ mentions, tokens }: Reading): boolean {
  if (/^[这那此该]/u.test(tokens[0]?.word ?? "")) return true;
  const predicate = firstAfterCircumstances(tokens, mentions);
  return mentions.some(({ start }) => start >= (predicate?.start ?? 0));
}

/** 2019年, 到现在, 在黄冈, 目前, 一共: what may come before the subject. */
function firstAfterCircumstances(tokens: readonly Token[], names: readonly Span[]): Token | undefined {
  let governed = false;
  for (const token of tokens) {
    const { word, tag } = token;
    const named = names.some((name) => overlap(name, token));
    if (named && governed) continue;
    if (named) return token;
    if (/^(?:p|t)/u.test(tag) || /^[到在从于]$/u.test(word)) governed = !/^t/u.test(tag);
    else if (governed && isNoun(token)) continue;
    else if (/^[dfm]/u.test(tag) || /^[年月日]$/u.test(word) || word === "，") governed = false;
    else return token;
  }
  return undefined;
}

function subjectEnd(current: Reading): Span {
  const first = firstAfterCircumstances(current.tokens, current.mentions);
  if (!first || !isNoun(first) || first.tag === "vn") return { start: 0, end: 0 };
  return { start: first.start, end: nounPhraseEnd(current, first.start) };
}

function isClassOf(noun: string, topic: string): boolean {
  return topic.endsWith(noun) && noun.length > 1;
}

function topicFor(
  current: Reading,
  exchanges: readonly Exchange[],
  corpus: FollowUpCorpus,
): string | undefined {
  if (OF_PERSONS.test(current.folded)) {
    const person = findPerson(exchanges, current, (text) => corpus.occurs(text));
    if (person) return person;
  }
  for (const { question } of exchanges) {
    const topic = topicOf(question);
    if (topic) return topic;
  }
  return undefined;
}

function isRelated(
  { content, asked, folded }: Reading,
  topic: string,
  subject: Span,
  corpus: FollowUpCorpus,
): boolean {
  const hasSubject = subject.end > subject.start;
  if (content.length > (hasSubject ? MOST_WITH_SUBJECT : MOST_WITHOUT)) return false;
  if (hasSubject && asked?.kind === "definition" && folded.slice(subject.end).length < 4) return false;
  if (content.some(({ word }) => !corpus.knows(word))) return false;
  if (content.length < 2) return true;
  const text = corpus.around(topic);
  const sum = (tokens: readonly Token[]) =>
    tokens.reduce((total, { word }) => total + corpus.weight(word), 0);
  return sum(content.filter(({ word }) => text.includes(word))) >= COHERENCE * sum(content);
}
