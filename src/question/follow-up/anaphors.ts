import { foldAligned } from "../../text/fold.ts";
import { type Token, tokenize } from "../../text/tagged-words.ts";
import {
  type Exchange,
  type FindAntecedent,
  findName,
  findPerson,
  findPersons,
  findPlace,
  findThing,
  findThings,
  findTime,
  namesTogether,
} from "./antecedents.ts";
import type { Reading } from "./reading.ts";
import { classOf, PERSON_NOUN } from "./words.ts";

/** A word that stands for another, and what it stands for. */
type Anaphor = {
  readonly pattern: RegExp;
  readonly find: FindAntecedent;
  /** What follows the antecedent in its place. */
  readonly suffix?: string;
};

const ANAPHORS: readonly Anaphor[] = [
  { pattern: /(?<![其吉维])[他她]们/u, find: findPersons },
  { pattern: /(?<![其吉维])[他她](?![们人国乡日杀])|此人|[这那]个人(?!们)/u, find: findPerson },
  { pattern: /它们|[两二]者/u, find: findThings },
  { pattern: /前者/u, find: (exchanges) => namesTogether(exchanges)?.[0] },
  { pattern: /后者/u, find: (exchanges) => namesTogether(exchanges)?.[1] },
  { pattern: /它|牠/u, find: findThing },
  { pattern: /其中/u, find: findThing, suffix: "中" },
  {
    pattern: /(?<![尤与何极莫任])其(?![他她它牠实次余中间一二三后])/u,
    find: (exchanges, current) => findThing(exchanges, current) ?? findPerson(exchanges, current),
    suffix: "的",
  },
  { pattern: /[这那](?:里|儿|边)|当地/u, find: findPlace },
  { pattern: /[那这]一?年(?!代)|同年|当年|那时候?|当时|那一?天|当天|那个月/u, find: findTime },
];

/** In UTF-16 units. Longer ones are no names; put into one question after the other, they would grow without end. */
const LONGEST_ANTECEDENT = 80;

/**
 * Puts in the place of each pronoun what it stands for. Undefined where there is none, or none that the conversation
 * explains, or where the question itself does: 第一党支部书记是谁，她创办了什么门诊？
 */
export function replaceAnaphors(current: Reading, exchanges: readonly Exchange[]): string | undefined {
  let { text } = current;
  const pointing = pointingAnaphor(current);
  for (const { pattern, find, suffix = "" } of pointing ? [pointing, ...ANAPHORS] : ANAPHORS) {
    const match = pattern.exec(foldAligned(text));
    if (!match || explainsItself(current, match.index)) continue;
    const antecedent = find(exchanges, current);
    if (antecedent === undefined || antecedent.length > LONGEST_ANTECEDENT) continue;
    text = text.slice(0, match.index) + antecedent + suffix + text.slice(match.index + match[0].length);
  }
  return text === current.text ? undefined : text;
}

/** A clause before the pronoun that names or asks for something explains it. */
function explainsItself({ folded, mentions, asked }: Reading, place: number): boolean {
  const comma = folded.slice(0, place).search(/[，,；;。]/u);
  return (
    comma >= 0 && (mentions.some(({ end }) => end <= comma) || (asked !== undefined && asked.end <= comma))
  );
}

const POINTING =
  /(?:该|这|那|此)(?:一?[个家位所座条项支款台本场艘部间名处类种])?(?=\p{Script=Han})|(?<!\p{Script=Han})本(?=[院馆校厂])/u;

/** 该院, 这家医院, 这位主任, 这条河: a noun after a pointing word, and nothing between them. */
function pointingAnaphor(current: Reading): Anaphor | undefined {
  const pointing = POINTING.exec(current.folded);
  if (!pointing) return undefined;
  const noun = nounAt(current, pointing.index + pointing[0].length, /^[该本此]/u.test(pointing[0]));
  if (!noun) return undefined;
  const pattern = new RegExp(pointing[0] + noun, "u");
  if (PERSON_NOUN.test(noun)) return { pattern, find: findPerson };
  if (noun === "地方") return { pattern, find: findPlace };
  return {
    pattern,
    find: (exchanges, reading) =>
      findName(exchanges, reading, ({ text }) => text.endsWith(noun)) ??
      findName(exchanges, reading, ({ text }) => classOf(text).endsWith(noun.at(-1)!)) ??
      (pointing[0].startsWith("那") ? undefined : findOfNoClass(noun, exchanges, reading)),
  };
}

/** 这个项目 may be anything that does not call itself something else. */
function findOfNoClass(noun: string, exchanges: readonly Exchange[], current: Reading): string | undefined {
  const [nearest] = exchanges;
  if (nearest?.question.folded.includes(noun)) return undefined;
  const thing = findThing(exchanges, current);
  return thing !== undefined && (classOf(noun) === "" || classOf(thing) === "") ? thing : undefined;
}

/** The last character of an institution's or a place's name, where a noun does not go on: 院 but not 院长. */
const SHORT_CLASS = /^[院馆校县市村镇区河湖桥塔寺山岛厂店队社局所站团矿司](?!\p{Script=Han}?[长志史])/u;

/** The noun that is pointed at; a name, a verb or an adjective there begins a description instead. */
function nounAt({ folded, mentions }: Reading, start: number, formal: boolean): string | undefined {
  const rest = folded.slice(start);
  const [token, next] = tokenize(rest);
  if (!token) return undefined;
  const short = SHORT_CLASS.exec(rest)?.[0];
  if (short && formal && token.word.length < 3 && !token.tag.startsWith("n")) return short;
  const named = mentions.some((mention) => mention.start === start && token.end < mention.end - start);
  if (named || !isCommonNoun(token)) return short;
  const joined = next && isCommonNoun(next) && token.word.length + next.word.length < 6;
  return joined && !PERSON_NOUN.test(next.word) ? token.word + next.word : token.word;
}

function isCommonNoun({ word, tag }: Token): boolean {
  return /^(?:n(?![rs])|vn|j|l)/u.test(tag) && /^\p{L}+$/u.test(word);
}
