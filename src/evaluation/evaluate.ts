import type { Chatbot } from "../chatbot.ts";
import type { Passage } from "../chunk/passage.ts";
import type { Article } from "../corpus/article.ts";
import { type AskedQuestion, type AskOptions, askQuestions } from "./ask-questions.ts";
import { CONFIDENCE, RESAMPLES, SEED } from "./bootstrap.ts";
import { MEASURES, MEASURES_OF_A_KIND } from "./measures.ts";
import type { EvaluationQuestion } from "./question-set.ts";
import type { EvaluationReport, QuestionResult } from "./report/evaluation-report.ts";
import { scoreAnswer } from "./score-answer.ts";
import { holdsAnswer, SearchScorer } from "./score-search.ts";
import { squeeze } from "./squeeze.ts";
import { summarise, type TimedResult } from "./summarise.ts";

export type Evaluation = AskOptions & {
  readonly chatbot: Chatbot;
  /** Every passage of the corpus. */
  readonly passages: readonly Passage[];
  readonly questions: readonly EvaluationQuestion[];
  /** The text of each article's file, by article id. */
  readonly sources: ReadonlyMap<string, string>;
  /** What the report is about. */
  readonly about: Pick<EvaluationReport, "questionSet" | "retriever" | "model" | "measuredAt">;
};

/** Asks every question and says how well it was answered. */
export async function evaluate(evaluation: Evaluation): Promise<EvaluationReport> {
  const { chatbot, passages, questions, sources, about } = evaluation;
  const asked = await askQuestions(chatbot, questions, evaluation);
  const scorer = new SearchScorer(passages);
  const timed = asked.map((each): TimedResult => ({ ...each, result: toResult(each, scorer) }));
  return {
    format: 1,
    ...about,
    articles: chatbot.articles.size,
    passages: passages.length,
    interval: { confidence: CONFIDENCE, resamples: RESAMPLES, seed: SEED },
    all: summarise(timed, MEASURES),
    kinds: summariseKinds(timed),
    citations: checkCitations(asked, chatbot.articles, sources),
    results: timed.map(({ result }) => result),
  };
}

function toResult({ question, answer, hits }: AskedQuestion, scorer: SearchScorer): QuestionResult {
  const { id, kind, history, articles, answers } = question;
  return {
    id,
    kind,
    question: question.question,
    history: [...history],
    articles: [...articles],
    answers: [...answers],
    status: answer.status,
    scores: { ...scorer.score(question, hits), ...scoreAnswer(question, answer) },
    citations: answer.citations.map(({ articleId, quote }) => ({
      articleId,
      quote,
      holds: holdsAnswer(question, { articleId, text: quote }),
    })),
    hits: hits.map(({ passage }) => ({ passageId: passage.id, holds: holdsAnswer(question, passage) })),
  };
}

function summariseKinds(timed: readonly TimedResult[]): EvaluationReport["kinds"] {
  const kinds = [...new Set(timed.map(({ result }) => result.kind))];
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      summarise(
        timed.filter(({ result }) => result.kind === kind),
        MEASURES_OF_A_KIND,
      ),
    ]),
  );
}

/** The invariant of the product: every quote stands at its span, and, white space aside, in the file it came from. */
function checkCitations(
  asked: readonly AskedQuestion[],
  articles: ReadonlyMap<string, Article>,
  sources: ReadonlyMap<string, string>,
): EvaluationReport["citations"] {
  const squeezed = new Map<string, string>();
  const fileOf = (id: string) => {
    const text = squeezed.get(id) ?? squeeze(sources.get(id) ?? "");
    squeezed.set(id, text);
    return text;
  };
  const citations = asked.flatMap(({ answer }) => answer.citations);
  const atTheirSpan = citations.filter(
    ({ articleId, span, quote }) => articles.get(articleId)?.text.slice(span.start, span.end) === quote,
  );
  const inTheirFile = citations.filter(({ articleId, quote }) => fileOf(articleId).includes(squeeze(quote)));
  return { count: citations.length, atTheirSpan: atTheirSpan.length, inTheirFile: inTheirFile.length };
}
