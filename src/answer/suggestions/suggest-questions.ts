import type { Article } from "../../corpus/article.ts";
import type { Answer } from "../answer.ts";
import { type NaturalQuestion, naturalQuestions, QUESTION_FORMS } from "./natural-questions.ts";

const MOST = 4;
/** Articles that are looked at, evenly over the corpus, and questions that are tried of each: a start must not wait. */
const MOST_ARTICLES = 8;
const TRIED_OF_EACH = 3;
/** A score of 0 … 1 that no other question of the article need beat. */
const GOOD = 0.8;
/** What a question loses, of a score of 0 … 1, for each chosen one of its form: four times 是谁 is a dull start. */
const SAMENESS = 0.15;

/**
 * Up to four questions to begin with, of different articles where possible. Each was asked, and the first quote of its answer
 * holds what it was made from. The same corpus and model give the same questions.
 */
export async function suggestQuestions(
  articles: Iterable<Article>,
  ask: (question: string) => Promise<Answer>,
): Promise<string[]> {
  const proven: ProvenQuestion[] = [];
  for (const article of sampleEvenly([...articles], MOST_ARTICLES))
    proven.push(...(await prove(article, ask)));
  return chooseDiverse(proven).map(({ question }) => question);
}

type ProvenQuestion = NaturalQuestion & { readonly articleId: string; readonly score: number };

/** Asks until one is good. */
async function prove(
  article: Article,
  ask: (question: string) => Promise<Answer>,
): Promise<ProvenQuestion[]> {
  const proven: ProvenQuestion[] = [];
  for (const made of pickForms(naturalQuestions(article))) {
    const score = proofOf(made, article, await ask(made.question));
    if (score !== undefined) proven.push({ ...made, articleId: article.id, score });
    if (score !== undefined && score >= GOOD) break;
  }
  return proven;
}

/** One of each form first, in the order of the text. */
function pickForms(questions: readonly NaturalQuestion[]): NaturalQuestion[] {
  const firsts = QUESTION_FORMS.flatMap((form) => questions.find((each) => each.form === form) ?? []);
  const others = questions.filter((question) => !firsts.includes(question));
  return [...firsts, ...others].slice(0, TRIED_OF_EACH);
}

/** How well the first quote answers; undefined where it is not of this article or lacks the known answer. */
function proofOf(
  { answer }: NaturalQuestion,
  { id }: Article,
  { status, citations }: Answer,
): number | undefined {
  const [first] = citations;
  if (status !== "answered" || first?.articleId !== id || !first.quote.includes(answer)) return undefined;
  return first.score;
}

/** The best first; then the best that is of another article, and rather of another form. */
function chooseDiverse(proven: readonly ProvenQuestion[]): ProvenQuestion[] {
  const chosen: ProvenQuestion[] = [];
  for (const allowed of [1, MOST]) {
    while (chosen.length < MOST) {
      const best = bestOf(
        proven.filter((each) => isNew(each, chosen, allowed)),
        chosen,
      );
      if (!best) break;
      chosen.push(best);
    }
  }
  return chosen;
}

function isNew(question: ProvenQuestion, chosen: readonly ProvenQuestion[], ofOneArticle: number): boolean {
  const ofArticle = chosen.filter(({ articleId }) => articleId === question.articleId);
  return ofArticle.length < ofOneArticle && chosen.every(({ answer }) => answer !== question.answer);
}

function bestOf(
  questions: readonly ProvenQuestion[],
  chosen: readonly ProvenQuestion[],
): ProvenQuestion | undefined {
  const worth = ({ form, score }: ProvenQuestion) =>
    score - SAMENESS * chosen.filter((each) => each.form === form).length;
  return questions.reduce<ProvenQuestion | undefined>(
    (best, each) => (best && worth(best) >= worth(each) ? best : each),
    undefined,
  );
}

function sampleEvenly<T>(values: readonly T[], most: number): T[] {
  const step = Math.max(1, values.length / most);
  return values.filter((_, i) => Math.floor(i / step) > Math.floor((i - 1) / step)).slice(0, most);
}
