import type { Reading } from "./follow-up-reading.ts";
import type { Exchange } from "./follow-up-topic.ts";

const MORE =
  /^(?:还有|其他的?|其它的?|别的|除此之外|再具体一?点|(?:请|能)?(?:再)?(?:具体|详细)?(?:说说|讲讲|介绍一?下|说一?下|展开说说|说明一?下)|具体|详细一?点)(?:还?有)?(?:哪些|什么|别的|其他的?)?(?:吗|没有)?$/u;

/** 还有呢, 具体说说: the earlier question again. */
export function isMoreOfTheSame({ text }: Reading): boolean {
  return text === "" ? false : MORE.test(text);
}

/** 为什么呢, 什么时候, 具体是哪些, 2019年有多少: the earlier question, with this asking phrase or time in it. */
export function repeatAsking(current: Reading, exchanges: readonly Exchange[]): string | undefined {
  const [nearest] = exchanges;
  const { asked } = current;
  if (!asked || !nearest || current.content.length > 0 || current.mentions.length > 0) return undefined;
  const { question } = nearest;
  if (question.text === "" || question.mentions.length + question.content.length === 0) return undefined;
  if (current.times.length > 0) return withTime(current, question);
  if (asked.kind === "reason") return `为什么${withoutAsking(question)}`;
  return withAsking(current, question);
}

function withTime(current: Reading, question: Reading): string {
  const { start, end } = current.times[0]!;
  const time = current.text.slice(start, end);
  const [old] = question.times;
  const [mention] = question.mentions;
  const place = old ?? { start: mention?.end ?? 0, end: mention?.end ?? 0 };
  return question.text.slice(0, place.start) + time + question.text.slice(place.end);
}

const UNIT =
  /^(?:多?[名个位家例项件条座次台亩元人户所支公里米年月天]|人次|剂次|场次)?(?=[\p{Script=Han}]|$)/u;

function withAsking({ text, asked: own }: Reading, question: Reading): string {
  const words = text.slice(own!.start, own!.end);
  const { asked } = question;
  if (!asked) return `${question.text}，${text}`;
  const before = question.text.slice(0, asked.start);
  const after = question.text.slice(asked.end);
  const counted = /^(?:number|money|percentage|duration)$/u.test(asked.kind);
  if (!counted) return trimDangling(before, words) + words + after;
  if (own!.kind === "list") return before + words + after.replace(UNIT, "");
  if (/^(?:number|money|percentage|duration)$/u.test(own!.kind)) return before + words + after;
  return `${withoutAsking(question)}，${text}`;
}

function withoutAsking({ text, asked }: Reading): string {
  if (!asked) return text;
  const before = text.slice(0, asked.start).replace(/[是有在于从为到达了]+$/u, "");
  return before + text.slice(asked.end).replace(UNIT, "").replace(/的$/u, "");
}

/** 在哪里 after …是什么: one verb is enough. */
function trimDangling(before: string, words: string): string {
  return /^[在从]/u.test(words) ? before.replace(/[是在于从有]+$/u, "") : before;
}
