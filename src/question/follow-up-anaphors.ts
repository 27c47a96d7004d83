import type { Reading } from "./follow-up-reading.ts";
import { type Exchange, findPerson, findPersons, findThing, subjectOf, topicOf } from "./follow-up-topic.ts";
import { PERSON_NOUN, TIME } from "./follow-up-words.ts";
import { tokenize } from "./tagged-words.ts";

type Occurs = (text: string) => boolean;

/** A word that stands for another, and what it may stand for. */
type Anaphor = {
  readonly pattern: RegExp;
  find(exchanges: readonly Exchange[], current: Reading, occurs: Occurs): string | undefined;
  /** What follows the antecedent in its place. */
  readonly suffix?: string;
};

const PERSON = "(?:他|她)(?!们|[人国乡日杀])|此人|这个人|那个人";

const ANAPHORS: readonly Anaphor[] = [
  { pattern: /(?<![其吉维])[他她]们/u, find: findPersons },
  { pattern: new RegExp(`(?<![其吉维])(?:${PERSON})`, "u"), find: findPerson },
  { pattern: /(?<!其)(?:它们?|牠)/u, find: findItOrTopic },
  { pattern: /其中/u, find: findItOrTopic, suffix: "中" },
  {
    pattern: /(?<![尤与何极莫任\p{Script=Han}]{1})其(?![他它实次余间一二三后])/u,
    find: (exchanges, current, occurs) =>
      findItOrTopic(exchanges, current, occurs) ?? findPerson(exchanges, current, occurs),
    suffix: "的",
  },
  {
    pattern: /(?:这里|那里|那儿|这儿|那边|这边|当地)/u,
    find: (e, c, o) => findThing(e, c, o, isPlace) ?? findThing(e, c, o),
  },
];

function isPlace({ kind }: { readonly kind: string }): boolean {
  return kind === "place" || kind === "institution";
}

/** 它 after 镇馆之宝是什么 is the answer by its description, else the name that the question is about. */
function findItOrTopic(exchanges: readonly Exchange[], current: Reading, occurs: Occurs): string | undefined {
  const [nearest] = exchanges;
  const described = nearest && asksWhatIs(nearest.question) ? subjectOf(nearest.question) : undefined;
  if (described && nearest?.question.mentions.some(({ text }) => described.includes(text))) return described;
  const topic = nearest ? topicOf(nearest.question) : undefined;
  if (
    topic?.includes("的") &&
    nearest?.question.mentions.some(({ kind, text }) => kind !== "person" && topic.startsWith(text))
  )
    return topic;
  return findThing(exchanges, current, occurs) ?? subjectOfNearest(exchanges);
}

function asksWhatIs({ asked, folded }: Reading): boolean {
  return (
    asked !== undefined &&
    /[是叫]$/u.test(folded.slice(0, asked.start)) &&
    /^(?:thing|definition)$/u.test(asked.kind)
  );
}

function subjectOfNearest(exchanges: readonly Exchange[]): string | undefined {
  return exchanges.map(({ question }) => subjectOf(question)).find((subject) => subject !== undefined);
}

/**
 * Puts in the place of each pronoun what it stands for. Undefined where there is none, or none that history explains,
 * or where the question itself does: 第一党支部书记是谁，她创办了什么门诊？
 */
export function replaceAnaphors(
  current: Reading,
  exchanges: readonly Exchange[],
  occurs: Occurs,
): string | undefined {
  let text = current.text;
  let replaced = false;
  for (const { pattern, find, suffix = "" } of [...ANAPHORS, classAnaphor(current), timeAnaphor()]) {
    const match = pattern.exec(text);
    if (!match || bindsItself(current, match.index, text)) continue;
    const antecedent = find(exchanges, current, occurs);
    if (antecedent === undefined) continue;
    text = text.slice(0, match.index) + antecedent + suffix + text.slice(match.index + match[0].length);
    replaced = true;
  }
  return replaced ? text : undefined;
}

/** A clause before the pronoun that names or asks for something explains it. */
function bindsItself({ mentions, asked }: Reading, place: number, text: string): boolean {
  const comma = text.slice(0, place).search(/[，,；;。]/u);
  if (comma < 0) return false;
  return mentions.some(({ end }) => end <= comma) || (asked !== undefined && asked.end <= comma);
}

const MEASURE = "(?:一?[个家位所座条项支款台本场艘部间名处类种])?";
const SHORT_CLASS = "[院馆校县市村镇区河湖桥塔寺山岛厂店队社局所站团矿司]";
const NEVER = /(?!)/u;

/** 该院, 这家医院, 这位主任, 这条河: a noun after a pointing word, and nothing between them. */
function classAnaphor(current: Reading): Anaphor {
  const pointing = new RegExp(
    `(?:该|这|那|此)${MEASURE}(?=\\p{Script=Han})|(?<!\\p{Script=Han})本(?=[院馆校厂])`,
    "u",
  ).exec(current.folded);
  const none = { pattern: NEVER, find: () => undefined };
  if (!pointing) return none;
  const noun = nounAfter(current, pointing.index + pointing[0].length, pointing[0]);
  if (!noun) return none;
  const pattern = new RegExp(`${pointing[0]}${noun}`, "u");
  if (PERSON_NOUN.test(noun)) return { pattern, find: findPerson };
  const last = noun.at(-1)!;
  return {
    pattern,
    find: (exchanges, reading, occurs) =>
      findThing(exchanges, reading, occurs, ({ text }) => text.endsWith(noun)) ??
      findThing(exchanges, reading, occurs, ({ text, kind }) =>
        noun.length === 1
          ? text.endsWith(last) || (noun === "司" && text.endsWith("公司"))
          : kind !== "place" && text.endsWith(last),
      ) ??
      (pointing[0].startsWith("那") ? undefined : findItOrTopic(exchanges, reading, occurs)),
  };
}

/** The noun that is pointed at; a place name, a verb or an adjective there begins a description instead. */
function nounAfter({ folded, mentions }: Reading, start: number, pointing: string): string | undefined {
  const rest = folded.slice(start);
  const [token, next] = tokenize(rest);
  if (!token) return undefined;
  const short = new RegExp(`^${SHORT_CLASS}(?!\\p{Script=Han}?[长志史])`, "u").exec(rest)?.[0];
  if (pointing === "该" || pointing === "本" || pointing === "此")
    if (short && token.word.length < 3 && !/^n/u.test(token.tag)) return short;
  if (mentions.some((mention) => mention.start === start && token.end < mention.end - start)) return short;
  if (/^(?:n|vn|j|l)/u.test(token.tag) && !/^n[sr]/u.test(token.tag)) {
    const joined =
      next &&
      /^(?:n|vn)/u.test(next.tag) &&
      !/^n[sr]/u.test(next.tag) &&
      token.word.length + next.word.length < 6;
    return joined && !PERSON_NOUN.test(next.word) ? token.word + next.word : token.word;
  }
  return short;
}

/** 那年, 当年, 同年: the last time that was told. */
function timeAnaphor(): Anaphor {
  return {
    pattern: /那一?年|这一?年|同年|当年|那时候?|当时|那一?天|当天|那个月/u,
    find: (exchanges) => {
      for (const { question, answer } of exchanges) {
        const asked = question.times.map(({ start, end }) => question.text.slice(start, end));
        const [told] = asked.length > 0 ? asked : Array.from(answer.matchAll(TIME), ([time]) => time);
        if (told) return told;
      }
      return undefined;
    },
  };
}
