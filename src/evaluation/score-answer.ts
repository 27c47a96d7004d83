import type { Answer } from "../answer/answer.ts";
import type { Scores } from "./measures.ts";
import { type EvaluationQuestion, NO_ANSWER } from "./question-set.ts";
import { holdsAnswer, recall } from "./score-search.ts";
import { holdsAny, squeeze } from "./squeeze.ts";

/** Scores an answer by its quotes; an answer to what cannot be answered only by whether it was refused. */
export function scoreAnswer(question: EvaluationQuestion, answer: Answer): Scores {
  const refused = answer.status === "no-evidence";
  if (question.kind === NO_ANSWER) {
    const right = Number(refused);
    return { rightDecision: right, refusalRecall: right, refusalPrecision: refused ? 1 : undefined };
  }
  const { articles, answers } = question;
  const holding = answer.citations.map(({ articleId, quote }) =>
    holdsAnswer(question, { articleId, text: quote }) ? articleId : undefined,
  );
  return {
    "citationHit@1": Number(recall(holding, 1, articles.length) === 1),
    "citationHit@3": Number(recall(holding, 3, articles.length) === 1),
    allCited: articles.length > 1 ? Number(articles.every((id) => holding.includes(id))) : undefined,
    textHoldsAnswer: Number(!refused && holdsAny(squeeze(answer.text), answers)),
    rightDecision: Number(!refused),
    refusalPrecision: refused ? 0 : undefined,
  };
}
