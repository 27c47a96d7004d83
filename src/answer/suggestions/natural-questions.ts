import { quotableSentences } from "../../chunk/quotable-sentences.ts";
import type { Article } from "../../corpus/article.ts";
import { foldAligned } from "../../text/fold.ts";
import { tagWords } from "../../text/segment.ts";
import type { Span } from "../../text/span.ts";
import { findCandidates } from "../ranking/reading/answer-candidates.ts";
import { mainName } from "./main-name.ts";

/** A question as a reader would type it, and the words of the article that answer it. */
export type NaturalQuestion = {
  readonly question: string;
  readonly answer: string;
  readonly form: QuestionForm;
};

/** The liveliest first. */
export const QUESTION_FORMS = ["when", "who-did", "how-many", "who-is"] as const;
export type QuestionForm = (typeof QUESTION_FORMS)[number];

/** Sentences of an article that are looked at: a start is enough for a start. */
const MOST_SENTENCES = 400;
/** Characters, with the question mark. */
const LONGEST = 28;

/**
 * Questions that sentences of an article answer. Only clauses that read well as questions are used: with their subject in them,
 * nothing that points elsewhere (该院, 它, 本报), no heading, no caption. Simplified Chinese only; most sentences give none.
 */
export function naturalQuestions(article: Article): NaturalQuestion[] {
  const name = mainName(article.text);
  const questions = proseSentences(article)
    .flatMap((sentence) => clausesOf(sentence))
    .flatMap((clause) => FORMS.flatMap((form) => form(clause, name) ?? []))
    .filter(({ question }) => isReadable(question));
  return [...new Map(questions.map((made) => [made.question, made])).values()];
}

/** A stretch between two marks, the one before it, and the date if that is one. */
type Clause = { readonly text: string; readonly before: string; readonly date: string | undefined };

type Form = (clause: Clause, name: string | undefined) => NaturalQuestion | undefined;

const FORMS: readonly Form[] = [askFounding, askWhen, askHowMany, askHolder, askDoer];

function proseSentences(article: Article): string[] {
  const { text, headings = [], captions = [] } = article;
  const others = [...headings.map(({ span }) => span), ...captions];
  return quotableSentences(article)
    .slice(0, MOST_SENTENCES)
    .filter((span) => !others.some((other) => other.start < span.end && span.start < other.end))
    .map((span) => text.slice(span.start, span.end));
}

const DATE = String.raw`(?:\d{4} ?年(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?日)?|\d{1,2} ?月 ?\d{1,2} ?日)`;
const DATED = new RegExp(`^(?:早在|截至|从|自)?(${DATE})[晚初底]?$`, "u");

function clausesOf(sentence: string): Clause[] {
  const parts = sentence.split(/[，,；;：:。！？!?\n]|——/u).map((part) => part.trim());
  return parts.map((text, i) => {
    const before = parts[i - 1] ?? "";
    return { text, before, date: DATED.exec(before)?.[1] };
  });
}

const HAN = String.raw`[\p{Script=Han}“”《》、\dA-Za-z]`;

/** 医院创立于1900年 → 湘潭市中心医院创立于哪一年？ */
function askFounding({ text }: Clause, name: string | undefined): NaturalQuestion | undefined {
  const found = new RegExp(
    `^(${HAN}{2,16}?)((?:创立|成立|始建|创建|创办|建成?|诞生)于) ?(\\d{4} ?年)$`,
    "u",
  ).exec(text);
  const subject = found && subjectOf(found[1]!, name);
  return subject ? { form: "when", question: `${subject}${found[2]}哪一年？`, answer: found[3]! } : undefined;
}

/** What happens at one time and is over. */
const EVENTS =
  "组建|创办|创建|创立|成立|挂牌|揭牌|启用|开诊|开业|开馆|开工|开通|开园|竣工|建成|投入使用|运行|上线|通车|获评|荣获|成为|当选|入选|启动|出台|签订|签署|闭幕|开幕|闭舱|合并|更名|搬迁|诞生|引进";
const BARE_EVENTS =
  /^(?:挂牌|揭牌|启用|开诊|开业|开馆|开工|开通|开园|竣工|建成|投入使用|运行|上线|通车|成立|闭舱|开幕|闭幕|启动|诞生)$/u;
const WHEN = new RegExp(
  `^(${HAN}{2,18}?)((?:[于在与和同]${HAN}{2,12}?)?(?:正式|首次|率先|成功|顺利|胜利)?)(${EVENTS})了?(${HAN}*)$`,
  "u",
);

/** 2017年，吴孟超院士工作站于株洲挂牌 → 吴孟超院士工作站什么时候在株洲挂牌？ */
function askWhen({ text, date }: Clause, name: string | undefined): NaturalQuestion | undefined {
  const found = date === undefined ? null : WHEN.exec(text);
  if (!found) return undefined;
  const [, words = "", middle = "", event = "", object = ""] = found;
  const subject = subjectOf(words, name);
  if (!subject || !date || (object === "" && !BARE_EVENTS.test(event))) return undefined;
  return {
    form: "when",
    question: `${subject}什么时候${middle.replace(/^于/u, "在")}${event}${object}？`,
    answer: date,
  };
}

const COUNTED = new RegExp(
  `^(${HAN}{2,18}?)(?:目前|现|已)?((?:共|累计|一共)?(?:拥有|有|达到|完成|接种|培养|收治|治愈|服务|转诊|转入|举办|派出))了?((?:\\p{Script=Han}{2,6})?) ?(\\d[\\d.]+ ?(?:万|亿)?) ?(人次|剂次|台次|场次|余?名|人|个|家|例|次|场|项|张|件|所|位)(\\p{Script=Han}{0,6})$`,
  "u",
);

/** 医院拥有注册志愿者2800名 → 湘潭市中心医院拥有多少名注册志愿者？ */
function askHowMany({ text }: Clause, name: string | undefined): NaturalQuestion | undefined {
  const found = COUNTED.exec(text);
  if (!found) return undefined;
  const [, words = "", verb = "", before = "", number = "", unit = "", after = ""] = found;
  const subject = subjectOf(words, name);
  if (!subject || (before !== "" && after !== "") || /余/u.test(unit)) return undefined;
  const counted = /次/u.test(unit) || before === "" ? `${before}多少${unit}${after}` : `多少${unit}${before}`;
  return { form: "how-many", question: `${subject}${verb}${counted}？`, answer: number.trim() };
}

const ROLE =
  "(?:党委书记|党总支书记|党支部书记|书记|院长|校长|局长|市长|县长|村主任|主任|护士长|会长|主编|董事长|总经理)";
/** 外科主任 are many; 市中心医院院长 is one. In characters. */
const SHORTEST_HOLDER = 4;
const HOLDER = new RegExp(`^(${HAN}{0,16}?)(${ROLE})(?=\\p{Script=Han}{2})`, "u");

/** 湘潭市中心医院党委书记夏红说 → 湘潭市中心医院党委书记是谁？ */
function askHolder({ text }: Clause, name: string | undefined): NaturalQuestion | undefined {
  const found = HOLDER.exec(text);
  if (!found) return undefined;
  const [start = "", words = "", role = ""] = found;
  const holder = personsIn(text).find((span) => span.start === start.length);
  const subject = words === "" ? name : subjectOf(words, name);
  if (!holder || !subject || subject.length < SHORTEST_HOLDER || /[副原前、]/u.test(words)) return undefined;
  return {
    form: "who-is",
    question: `${subject}${role}是谁？`,
    answer: text.slice(holder.start, holder.end),
  };
}

const DEED = /^(?:率先|首次|首创|创办|创建|发明)[\p{Script=Han}\dA-Za-z“”]{6,}$/u;

/** …主任陈映辉，率先在株洲地区开展鼻内窥镜微创手术 → 谁率先在株洲地区开展鼻内窥镜微创手术？ */
function askDoer({ text, before }: Clause): NaturalQuestion | undefined {
  if (!DEED.test(text)) return undefined;
  const doer = personsIn(before).find(({ end }) => end === before.length);
  return doer && { form: "who-did", question: `谁${text}？`, answer: before.slice(doer.start) };
}

function personsIn(text: string): Span[] {
  return findCandidates("person", foldAligned(text));
}

const SHORT_NAME = /^(该院|医院|学校|公司|集团|大学)(.*)$/u;

/** The subject, by its full name where the clause only says 医院; undefined where the words are none. */
function subjectOf(words: string, name: string | undefined): string | undefined {
  const [, short, rest = ""] = SHORT_NAME.exec(words) ?? [];
  if (!short) return isNominal(words) ? words : undefined;
  if (!name || (short !== "该院" && !name.endsWith(short))) return undefined;
  return rest === "" || isNominal(rest) ? name + rest : undefined;
}

/** Nouns and what goes before them; verbs inside quotation marks are names. */
function isNominal(words: string): boolean {
  const tags = tagWords(foldAligned(words.replace(/“[^”]*”|《[^》]*》/gu, ""))).map(({ tag }) => tag);
  return (
    tags.every((tag) => !/^(?:v$|vd|d$|ad|[rcpyt]|f$)/u.test(tag)) &&
    (tags.length === 0 || tags.some((tag) => /^(?:n|j|x|vn)/u.test(tag)))
  );
}

/** What points out of its sentence, or leaves a question open in other ways. */
const POINTING = /[该其此这那他她它我本各某]|上述|以下|左右|全院|全市|全省|当[年天日]|今年|去年|同期/u;

function isReadable(question: string): boolean {
  const quotes = (pattern: RegExp) => question.match(pattern)?.length ?? 0;
  return (
    question.length <= LONGEST &&
    !POINTING.test(question) &&
    !/[個們這為國時會來對學與從後開]/u.test(question) &&
    quotes(/“/gu) === quotes(/”/gu) &&
    quotes(/《/gu) === quotes(/》/gu)
  );
}
