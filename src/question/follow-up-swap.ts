import type { Span } from "../text/span.ts";
import type { FollowUpCorpus } from "./follow-up-corpus.ts";
import type { Mention } from "./follow-up-mentions.ts";
import type { Reading } from "./follow-up-reading.ts";
import { type Exchange, isNoun, nounPhraseEnd } from "./follow-up-topic.ts";
import { classOf } from "./follow-up-words.ts";
import { tokenize } from "./tagged-words.ts";

/**
 * 那湘潭的呢, 那2019年呢, 院长呢: the earlier question with one thing in another's place. `text` is what is said, without
 * 那 and 呢. Undefined where no earlier question has a place for it.
 */
export function swapIn(
  current: Reading,
  exchanges: readonly Exchange[],
  corpus: FollowUpCorpus,
): string | undefined {
  const said = current.text.replace(/^[在到于]/u, "").replace(/[的，,\s]+$/u, "");
  for (const { question } of exchanges) {
    if (!question.asked || (question.mentions.length === 0 && question.times.length === 0)) continue;
    const swapped = swap(said, current, question, corpus);
    if (swapped) return swapped;
  }
  return undefined;
}

function swap(said: string, current: Reading, earlier: Reading, corpus: FollowUpCorpus): string | undefined {
  if (current.times.length > 0 && current.mentions.length === 0) return swapTime(said, earlier);
  const mention = current.mentions[0];
  if (!mention) return swapNoun(said, earlier);
  if (mention.kind === "person") return swapPerson(said, earlier);
  return swapName(said, mention, earlier, corpus);
}

function swapTime(said: string, earlier: Reading): string {
  const [time] = earlier.times;
  const [mention] = earlier.mentions;
  if (time) return replace(earlier.text, time, said);
  const end = mention && mention.start === 0 ? mention.end : 0;
  return replace(earlier.text, { start: end, end }, said);
}

function swapPerson(said: string, earlier: Reading): string {
  const person = earlier.mentions.find(({ kind }) => kind === "person");
  const place = person ?? earlier.mentions[0]!;
  const role = person ? roleBefore(earlier, person) : place.start;
  return replace(earlier.text, { start: role, end: place.end }, said);
}

/** 主任黎柏峰: the role goes with the person. */
function roleBefore({ tokens, mentions }: Reading, person: Mention): number {
  let start = person.start;
  for (const token of tokens.filter(({ end }) => end <= person.start).reverse()) {
    if (token.end !== start || !isNoun(token) || mentions.some(({ end }) => end === token.end)) break;
    start = token.start;
  }
  return start;
}

function swapName(
  said: string,
  mention: Mention,
  earlier: Reading,
  corpus: FollowUpCorpus,
): string | undefined {
  const others = earlier.mentions.filter(({ kind }) => kind !== "person");
  const alike =
    others.find(({ text }) => classOf(text) !== "" && classOf(text) === classOf(mention.text)) ??
    others.find(({ kind }) => kind === mention.kind);
  if (alike) return replace(earlier.text, alike, said);
  const [first] = others.length > 0 ? others : earlier.mentions;
  if (!first) return undefined;
  if (mention.kind !== "place" || first.kind !== "institution") return replace(earlier.text, first, said);
  return replace(earlier.text, first, namesake(mention.text, first.text, corpus) ?? said);
}

/** The institution of another place: 湘潭 for 株洲市中心医院 gives 湘潭市中心医院, if the corpus has one. */
function namesake(place: string, name: string, corpus: FollowUpCorpus): string | undefined {
  const ending = classOf(name);
  const tail = tokenize(name).at(-1)?.word ?? ending;
  const found = corpus.find(new RegExp(`${place}\\p{Script=Han}{0,8}?${ending}`, "gu"), `${place} ${tail}`);
  return found.find((each) => each.endsWith(tail)) ?? found[0];
}

/** A plain noun takes the place of what was asked for: 党委书记 in …的党委书记是谁, 党员 in …有多少名党员. */
function swapNoun(said: string, earlier: Reading): string | undefined {
  const [mention] = earlier.mentions;
  const { asked } = earlier;
  if (!mention || !asked) return undefined;
  const end = nounPhraseEnd(earlier, mention.end);
  if (end > mention.end && end <= asked.start) {
    const start = /^的/u.test(earlier.text.slice(mention.end)) ? mention.end + 1 : mention.end;
    return replace(earlier.text, { start, end }, said);
  }
  const object = lastNouns(earlier, asked.end);
  if (object) return replace(earlier.text, object, said);
  return `${earlier.text.slice(0, mention.end)}的${said}${earlier.text.slice(mention.end)}`;
}

function lastNouns({ tokens }: Reading, from: number): Span | undefined {
  const nouns = tokens.filter((token) => token.start >= from && isNoun(token));
  const last = nouns.at(-1);
  if (!last) return undefined;
  let { start } = last;
  for (const token of nouns.reverse()) if (token.end === start) start = token.start;
  return { start, end: last.end };
}

function replace(text: string, { start, end }: Span, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}
