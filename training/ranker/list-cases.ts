import { analyseQuestion } from "../../src/question/analyse-question.ts";
import { ASKED_IN_CHINESE } from "../../src/question/english-reader.ts";
import { cutAnswer } from "./cut-answer.ts";
import { type CorpusName, groupOf } from "./prepare-corpora.ts";
import type { ArticleQuestion, TrainingArticle } from "./reading/article-questions.ts";
import type { Context, MarkedQuestion, TrainingData, WrittenQuestion } from "./reading/training-data.ts";
import type { Familiarity } from "./unlearn.ts";

/** A question asked over a corpus, and what the ranker should make of it. */
export type Case = {
  readonly question: string;
  readonly corpus: CorpusName;
  readonly contextId: string;
  /** Null where the corpus does not answer. */
  readonly answer: string | null;
  /** Where the answer begins in the context, if that is known. */
  readonly offset?: number | undefined;
  /** How much it counts in the fit. */
  readonly weight: number;
  /** What the embedding model was trained on: undefined where that was neither the question nor its context. */
  readonly familiarity?: Familiarity | undefined;
};

/** Questions about articles are many: with all their weight, more of what nothing answers passes on public sets; see README.md. */
const OF_ARTICLES = 0.27;

/** Twice the weight on reworded questions and near misses lets more of what nothing answers pass; see README.md. */
const WEIGHTS = {
  marked: { all: 1, ownHalf: 0.5, otherHalf: 3.2, kept: 0.5, cut: 0.5 },
  reworded: { all: 0.5, ownHalf: 0.3, otherHalf: 2 },
  rewordedNearMiss: { all: 0.7, otherHalf: 2 },
  english: { all: 1, otherHalf: 2.4 },
  englishNearMiss: { all: 0.6 },
  article: { own: 0.8 * OF_ARTICLES, elsewhere: 0.4 * OF_ARTICLES },
  articleNearMiss: { own: 0.55 * OF_ARTICLES, elsewhere: 0.25 * OF_ARTICLES },
  stranger: 0.4,
};

/** Contexts that the embedding model was not trained on are few, and are what it will meet. */
const UNFAMILIAR = 2.5;

/** Every question over every corpus that teaches something, in the order in which they are fitted. */
export function listCases({ marked, reworded, english, whole }: TrainingData): Case[] {
  const byId = new Map(marked.map((question) => [question.id, question]));
  return [
    ...marked.flatMap((question) =>
      knowing("question", question, [...casesOfMarked(question), ...casesOverCut(question, byId)]),
    ),
    ...reworded.flatMap((question) => knowing("context", question, casesOfReworded(question))),
    ...english.flatMap((question) => knowing("context", question, casesOfEnglish(question))),
    ...casesOfArticles(whole.questions, whole.articles),
    ...casesOfStrangers([...marked, ...reworded.filter(({ answer }) => answer !== null)], whole.articles),
  ];
}

function knowing(
  familiarity: Familiarity,
  { context }: { readonly context: Context },
  cases: readonly Case[],
): Case[] {
  return cases.map((asked) =>
    context.isFamiliar ? { ...asked, familiarity } : { ...asked, weight: asked.weight * UNFAMILIAR },
  );
}

function casesOfMarked({ text: question, context, answer, offset }: MarkedQuestion): Case[] {
  const asked = { question, contextId: context.id, offset };
  const { all, ownHalf, otherHalf } = WEIGHTS.marked;
  return [
    { ...asked, corpus: "all", answer, weight: all },
    { ...asked, corpus: ownHalfOf(context), answer, weight: ownHalf },
    { ...asked, corpus: otherHalfOf(context), answer: null, weight: otherHalf },
  ];
}

/** None where it is unclear whether what is left still answers. */
function casesOverCut(question: MarkedQuestion, byId: ReadonlyMap<string, MarkedQuestion>): Case[] {
  const { text, context, answer, offset } = question;
  const cutQuestion = context.cut === undefined ? undefined : byId.get(context.cut);
  const cut = cutQuestion && cutAnswer(cutQuestion);
  if (!cut) return [];
  const asked = { question: text, contextId: context.id, corpus: "cut", offset } as const;
  const { kept, cut: removed } = WEIGHTS.marked;
  if (offset < cut.removed.start || offset >= cut.removed.end) return [{ ...asked, answer, weight: kept }];
  const isGone = question === cutQuestion && !cut.text.includes(answer);
  return isGone ? [{ ...asked, answer: null, weight: removed }] : [];
}

function casesOfReworded({ text: question, context, answer }: WrittenQuestion): Case[] {
  const asked = { question, contextId: context.id };
  const elsewhere = otherHalfOf(context);
  if (answer === null) {
    const { all, otherHalf } = WEIGHTS.rewordedNearMiss;
    return [
      { ...asked, corpus: "all", answer, weight: all },
      { ...asked, corpus: elsewhere, answer, weight: otherHalf },
    ];
  }
  const { all, ownHalf, otherHalf } = WEIGHTS.reworded;
  return [
    { ...asked, corpus: "all", answer, weight: all },
    { ...asked, corpus: ownHalfOf(context), answer, weight: ownHalf },
    { ...asked, corpus: elsewhere, answer: null, weight: otherHalf },
  ];
}

function casesOfEnglish({ text: question, context, answer }: WrittenQuestion): Case[] {
  const asked = { question, contextId: context.id };
  if (answer === null) {
    return [{ ...asked, corpus: "all", answer, weight: WEIGHTS.englishNearMiss.all }];
  }
  const { all, otherHalf } = WEIGHTS.english;
  return [
    { ...asked, corpus: "all", answer, weight: all },
    { ...asked, corpus: otherHalfOf(context), answer: null, weight: otherHalf },
  ];
}

/** Each over its collection and its small group, and over the next group, where nothing answers. */
function casesOfArticles(
  questions: readonly ArticleQuestion[],
  articles: readonly TrainingArticle[],
): Case[] {
  const groups = (collection: TrainingArticle["collection"]): number =>
    new Set(articles.filter((article) => article.collection === collection).map(groupOf)).size;
  const counts = { news: groups("news"), features: groups("features") };
  return questions.flatMap(({ text: question, article, answer, offset }) => {
    const { collection, group } = article;
    const asked = { question, contextId: article.id, offset };
    const weight = answer === null ? WEIGHTS.articleNearMiss : WEIGHTS.article;
    const next = groupOf({ ...article, group: (group + 1) % counts[collection] });
    return [
      { ...asked, corpus: collection, answer, weight: weight.own },
      { ...asked, corpus: groupOf(article), answer, weight: weight.own },
      { ...asked, corpus: next, answer: null, weight: weight.elsewhere },
    ];
  });
}

/**
 * Questions about contexts, each over one small group of articles in turn: hardly a word of theirs is there. And a short one made of
 * each over the next group, where that does not hold its word: 浮龙是什么？
 */
function casesOfStrangers(
  questions: readonly (MarkedQuestion | WrittenQuestion)[],
  articles: readonly TrainingArticle[],
): Case[] {
  const groups = [...new Set(articles.map(groupOf))];
  if (groups.length === 0) return [];
  const texts = new Map(
    groups.map((group) => [group, articles.filter((article) => groupOf(article) === group)]),
  );
  return questions.flatMap(({ text, context }, i) => {
    const over = (question: string, place: number): Case => ({
      question,
      contextId: context.id,
      corpus: groups[place % groups.length]!,
      answer: null,
      weight: WEIGHTS.stranger,
    });
    const short = shorten(text);
    const next = over(short.question, i + 1);
    const isThere = texts.get(next.corpus)!.some((article) => article.text.includes(short.word));
    return isThere ? [over(text, i)] : [over(text, i), next];
  });
}

/** Asks in the same way about the longest name alone, or the longest word where nothing is named. */
function shorten(text: string): { readonly word: string; readonly question: string } {
  const { words, kind } = analyseQuestion(text);
  const names = words.filter(({ isName }) => isName);
  const { word } = (names.length > 0 ? names : words).reduce(
    (longest, next) => (next.word.length > longest.word.length ? next : longest),
    { word: "" },
  );
  return { word, question: `${word}${ASKED_IN_CHINESE[kind]}？` };
}

function ownHalfOf({ half }: Context): CorpusName {
  return half === "A" ? "halfA" : "halfB";
}

function otherHalfOf({ half }: Context): CorpusName {
  return half === "A" ? "halfB" : "halfA";
}
