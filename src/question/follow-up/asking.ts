import type { Exchange } from "./antecedents.ts";
import type { Reading } from "./reading.ts";
import { mainMention, nounPhraseEnd } from "./topic.ts";

const MORE =
  /^(?:还有|其[他它]的?|别的|除此之外|再?具体一?点?|详细一?点?|(?:请|能)?再?(?:具体|详细)?(?:说说|讲讲|介绍一?下|说一?下|展开说说|说明一?下))(?:还?有)?(?:哪些|什么|别的|其他的?)?(?:吗|没有)?$/u;

/** 还有呢, 具体说说: the earlier question again. */
export function isMoreOfTheSame({ text }: Reading): boolean {
  return MORE.test(text);
}

/** 为什么呢, 什么时候, 具体是哪些, 2019年有多少: the earlier question, with this asking phrase or time in it. */
export function repeatAsking(current: Reading, exchanges: readonly Exchange[]): string | undefined {
  const { asked, content, mentions, times } = current;
  const earlier = exchanges[0]?.question;
  if (!asked || !earlier || content.length > 0 || mentions.length > 0) return undefined;
  if (earlier.mentions.length + earlier.content.length === 0) return undefined;
  const [time] = times;
  if (time) return withTime(current.text.slice(time.start, time.end), earlier);
  const words = current.text.slice(asked.start, asked.end);
  if (/^(?:怎么样|怎样|如何|咋样)$/u.test(words)) return undefined;
  if (asked.kind === "reason") return words + withoutAsking(earlier);
  if (!earlier.asked) return undefined;
  if (isCount(earlier) && asked.kind === "list") return withWords(words, earlier, UNIT);
  if (isCount(earlier) === isCount(current) && isAdverbial(earlier) === isAdverbial(current))
    return withWords(words, earlier);
  return afterSubject(current, earlier);
}

/** The time in the place of the one that was asked for before, or after the name that is asked about. */
export function withTime(time: string, earlier: Reading): string {
  const [old] = earlier.times;
  const [mention] = earlier.mentions;
  const end = mention?.start === 0 ? mention.end : 0;
  const place = old ?? { start: end, end };
  return earlier.text.slice(0, place.start) + time + earlier.text.slice(place.end);
}

/** What is counted comes after one of these: 多少〔名〕党员. */
const UNIT =
  /^(?:人次|剂次|场次|多?[名个位家例项件条座次台亩元人户所支艘种](?=\p{Script=Han}|$)|公里|米|年)/u;

function isCount({ asked }: Reading): boolean {
  return /^(?:number|money|percentage|duration)$/u.test(asked?.kind ?? "");
}

/** Asks for a circumstance, which stands in the same place whatever it is: 是哪年出土的, 是在哪里出土的. */
function isAdverbial({ asked, folded }: Reading): boolean {
  if (asked?.kind === "place") return /^在|^哪[里儿]/u.test(folded.slice(asked.start, asked.end));
  return /^(?:time|method)$/u.test(asked?.kind ?? "");
}

function withWords(words: string, { text, asked }: Reading, dropped = /^$/u): string {
  const before = text.slice(0, asked!.start);
  const head = /^[在从]/u.test(words) ? before.replace(/[是在于从有]+$/u, "") : before;
  return head + words + text.slice(asked!.end).replace(dropped, "");
}

/** The earlier statement with the new asking phrase after its subject: 第一党支部书记孙卫萍〔哪一年〕创办了门诊. */
function afterSubject(current: Reading, earlier: Reading): string | undefined {
  const mention = mainMention(earlier);
  if (!mention || (earlier.asked && earlier.asked.start < mention.end)) return undefined;
  const end = nounPhraseEnd(earlier, mention.end);
  const rest = withoutAsking(earlier).slice(end).replace(/^是/u, "");
  const { start, end: askedEnd } = current.asked!;
  const predicate =
    /^都?有/u.test(rest) || /^都?有/u.test(current.text) || rest === ""
      ? current.text
      : current.text.slice(start, askedEnd) + rest;
  return earlier.text.slice(0, end) + predicate;
}

function withoutAsking({ text, asked }: Reading): string {
  if (!asked) return text;
  const before = text.slice(0, asked.start).replace(/[是在于从为到达了]+$/u, "");
  return before + text.slice(asked.end).replace(UNIT, "").replace(/的$/u, "");
}
