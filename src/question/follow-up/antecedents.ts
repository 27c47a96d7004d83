import type { Mention } from "./mentions.ts";
import type { Reading } from "./reading.ts";
import { mainMention, subjectOf } from "./topic.ts";
import { classOf, PERSON_NOUN, TIME } from "./words.ts";

/** A question of the conversation, made to stand alone, and what the assistant said to it. The nearest comes first. */
export type Exchange = {
  readonly question: Reading;
  readonly answer: string;
  /** The names in the answer. */
  readonly answered: readonly Mention[];
  /** What the question is about: as it names it, or in words that the corpus has so. */
  readonly topic: string | undefined;
};

/** What a pronoun of `current` may mean; undefined where the conversation does not tell. */
export type FindAntecedent = (exchanges: readonly Exchange[], current: Reading) => string | undefined;

/** 他: nearest turn first; whom the reader named before whom the assistant did, unless the reader asked who it is. */
export const findPerson: FindAntecedent = (exchanges, current) => {
  for (const exchange of exchanges) {
    const { question } = exchange;
    const asksWho = question.asked?.kind === "person";
    const named = question.mentions.find(({ kind, text }) => kind === "person" && isNew(text, current));
    const [answered] = personsIn(exchange);
    const found = (asksWho ? answered : undefined) ?? named?.text;
    if (found) return found;
    const subject = subjectOf(question);
    if (asksWho || PERSON_NOUN.test(subject ?? "")) return answered ?? subject;
  }
  return exchanges.flatMap(personsIn)[0];
};

/** 他们: several persons, or a group that has a name. */
export const findPersons: FindAntecedent = (exchanges, current) => {
  for (const exchange of exchanges) {
    const { question } = exchange;
    const named = question.mentions.filter(({ kind }) => kind === "person").map(({ text }) => text);
    const group = question.mentions.find(({ kind }) => kind === "institution")?.text;
    const answered = question.asked?.kind === "person" ? personsIn(exchange) : [];
    if (named.length > 1) return joinNames(named);
    const found =
      group ?? (answered.length > 1 ? joinNames(answered) : (exchange.topic ?? subjectOf(question)));
    if (found) return found;
  }
  return findPerson(exchanges, current);
};

function joinNames(names: readonly string[]): string {
  return names.slice(0, 3).join("、");
}

/**
 * 它: 镇馆之宝 after …的镇馆之宝是什么, whose answer it is; 三三一医院的医联体 after 三三一医院的医联体从哪年开始; else the
 * nearest name of no person.
 */
export const findThing: FindAntecedent = (exchanges, current) => {
  const [nearest] = exchanges;
  const named = nearest?.question.mentions.filter(({ kind }) => kind !== "person") ?? [];
  const described = nearest && asksWhatIs(nearest.question) ? subjectOf(nearest.question) : undefined;
  if (described && named.some(({ text }) => described.includes(text))) return described;
  const topic = nearest?.topic;
  if (topic?.includes("的") && named.some(({ text }) => topic.startsWith(text))) return topic;
  if (topic && nearest.question.mentions.length === 0) return topic;
  return findName(exchanges, current, () => true) ?? findSubject(exchanges);
};

/** 它们: the things that a question names together, else what 它 means. */
export const findThings: FindAntecedent = (exchanges, current) =>
  namesTogether(exchanges)?.join("和") ?? findThing(exchanges, current);

/** The first two names, of no persons, of the nearest question that has two. */
export function namesTogether(exchanges: readonly Exchange[]): string[] | undefined {
  for (const { question } of exchanges) {
    const names = question.mentions.filter(({ kind }) => kind !== "person").map(({ text }) => text);
    if (names.length > 1) return names.slice(0, 2);
  }
  return undefined;
}

function asksWhatIs({ asked, folded }: Reading): boolean {
  if (!asked || !/^(?:thing|definition)$/u.test(asked.kind)) return false;
  return /[是叫]$/u.test(folded.slice(0, asked.start));
}

function findSubject(exchanges: readonly Exchange[]): string | undefined {
  const nameless = exchanges.filter(({ question }) => mainMention(question)?.kind !== "person");
  return nameless.map(({ question }) => subjectOf(question)).find((subject) => (subject?.length ?? 0) > 2);
}

/** 那里: the nearest place or institution, else the nearest thing. */
export const findPlace: FindAntecedent = (exchanges, current) =>
  findName(exchanges, current, ({ kind }) => kind === "place" || kind === "institution") ??
  findName(exchanges, current, () => true);

/** 那年: the last time that was told. */
export const findTime: FindAntecedent = (exchanges) => {
  for (const { question, answer } of exchanges) {
    const [time] = question.times;
    if (time) return question.text.slice(time.start, time.end);
    const [told] = answer.match(TIME) ?? [];
    if (told) return told;
  }
  return undefined;
};

/** The nearest name of no person that `fits`: in a question, or in an answer to what asked for one, at last in any answer. */
export function findName(
  exchanges: readonly Exchange[],
  current: Reading,
  fits: (mention: Mention) => boolean,
): string | undefined {
  const isFit = (mention: Mention) =>
    mention.kind !== "person" && isNew(mention.text, current) && fits(mention);
  for (const { question, answered } of exchanges) {
    const main = mainMention(question);
    const found = main && isFit(main) ? main : question.mentions.find(isFit);
    if (found) return found.text;
    const told = asksForName(question) ? bestAnswer(question, answered.filter(isFit)) : undefined;
    if (told) return told.text;
  }
  return exchanges.flatMap(({ answered }) => answered).find(isFit)?.text;
}

function asksForName({ asked }: Reading): boolean {
  return asked !== undefined && /^(?:thing|place|definition|list)$/u.test(asked.kind);
}

/** 哪条河 asks for a name that ends in 河. */
function bestAnswer({ folded, asked }: Reading, names: readonly Mention[]): Mention | undefined {
  const wanted = folded.slice(asked?.end);
  return names.find(({ text }) => classOf(text) !== "" && wanted.startsWith(classOf(text))) ?? names[0];
}

function isNew(name: string, current: Reading): boolean {
  return !current.folded.includes(name);
}

/** The persons of an answer that the question does not name, those nearest to its words first. */
function personsIn({ question, answer, answered }: Exchange): string[] {
  const persons = answered.filter(({ kind, text }) => kind === "person" && !question.folded.includes(text));
  const scored = persons.map((person) => ({ person, score: closeness(answer, person, question.folded) }));
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
