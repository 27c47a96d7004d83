import { overlap, type Span } from "../../text/span.ts";
import { tokenize } from "../../text/tagged-words.ts";
import type { Exchange } from "./antecedents.ts";
import { withTime } from "./asking.ts";
import type { FollowUpCorpus } from "./follow-up-corpus.ts";
import type { Mention } from "./mentions.ts";
import type { Reading } from "./reading.ts";
import { isNoun, nounPhraseEnd } from "./topic.ts";
import { classOf, PERSON_NOUN } from "./words.ts";

/**
 * 那湘潭的呢, 那2019年呢, 院长呢: the earlier question with one thing in another's place. `text` is what is said, without
 * 那 and 呢. Undefined where no earlier question has a place for it.
 */
export function swapIn(
  current: Reading,
  exchanges: readonly Exchange[],
  corpus: FollowUpCorpus,
): string | undefined {
  if (!isPhrase(current)) return undefined;
  const said = current.text.replace(/^[在到于]/u, "").replace(/[的，,\s]+$/u, "");
  for (const { question } of exchanges) {
    if (!question.asked || (question.mentions.length === 0 && question.times.length === 0)) continue;
    const swapped = swap(said, current, question, corpus);
    if (swapped) return swapped;
  }
  return undefined;
}

/** In characters; what is longer says more than a phrase. */
const LONGEST_PHRASE = 24;

/** 那…呢, or a name or time by itself: nothing that says what is done. */
function isPhrase({ text, tokens, mentions, times, isRemark }: Reading): boolean {
  if (text === "" || text.length > LONGEST_PHRASE) return false;
  const covered = [...mentions, ...times];
  const rest = tokens.filter((token) => !covered.some((span) => overlap(span, token)));
  if (isRemark) return rest.every(({ tag }, i) => !/^[vy]$/u.test(tag) || /^n/u.test(rest[i + 1]?.tag ?? ""));
  return covered.length > 0 && rest.every(({ word }) => /^[的在于，\s]$/u.test(word));
}

function swap(said: string, current: Reading, earlier: Reading, corpus: FollowUpCorpus): string | undefined {
  const [time] = current.times;
  if (time && current.mentions.length === 0) return withTime(said, earlier);
  const mention = current.mentions[0];
  if (time && mention) return swapBoth(current, time, mention, earlier, corpus);
  if (!mention) return swapNoun(said, earlier);
  if (mention.kind === "person") return swapPerson(said, earlier);
  return swapName(said, mention, earlier, corpus);
}

/** 南岭自然博物馆2019年呢: the name first, and then the time where there is one, or after the name. */
function swapBoth(
  { text }: Reading,
  time: Span,
  mention: Mention,
  earlier: Reading,
  corpus: FollowUpCorpus,
): string | undefined {
  const name = text.slice(mention.start, mention.end);
  const swapped =
    mention.kind === "person" ? swapPerson(name, earlier) : swapName(name, mention, earlier, corpus);
  const said = text.slice(time.start, time.end);
  const [old] = earlier.times;
  if (old) return swapped?.replace(earlier.text.slice(old.start, old.end), said);
  return swapped?.replace(name, name + said);
}

/** A person takes a person's place only: 何秋兰呢 after 创始人是谁 means a question before that, or none. */
function swapPerson(said: string, earlier: Reading): string | undefined {
  const person = earlier.mentions.find(({ kind }) => kind === "person");
  if (!person) return undefined;
  return replace(earlier.text, { start: roleBefore(earlier, person), end: person.end }, said);
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
  if (alike) return replace(earlier.text, withJoined(alike, earlier), said);
  const [first] = others.length > 0 ? others : earlier.mentions;
  if (!first) return undefined;
  if (mention.kind !== "place" || first.kind !== "institution") return replace(earlier.text, first, said);
  return replace(earlier.text, first, namesake(mention.text, first.text, corpus) ?? said);
}

/** 远舟船舶公司和禾田种业公司 give way together. */
function withJoined({ start, end }: Span, { folded, mentions }: Reading): Span {
  const next = mentions.find((each) => each.start === end + 1 && /[和与跟、]/u.test(folded[end]!));
  return { start, end: next?.end ?? end };
}

/** The institution of another place: 湘潭 for 株洲市中心医院 gives 湘潭市中心医院, if the corpus has one. */
function namesake(place: string, name: string, corpus: FollowUpCorpus): string | undefined {
  const ending = classOf(name);
  const tail = tokenize(name).at(-1)?.word ?? ending;
  const literal = place.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
  const found = corpus.find(new RegExp(`${literal}\\p{Script=Han}{0,8}?${ending}`, "gu"), `${place} ${tail}`);
  return found.find((each) => each.endsWith(tail)) ?? found[0];
}

/** A plain noun takes the place of what was asked for: 党委书记 in …的党委书记是谁, 党员 in …有多少名党员. */
function swapNoun(said: string, earlier: Reading): string | undefined {
  const [mention] = earlier.mentions;
  const { asked } = earlier;
  if (!mention || !asked) return undefined;
  if (asked.kind === "person" && !PERSON_NOUN.test(said))
    return `${earlier.text.slice(0, mention.end)}的${said}`;
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
