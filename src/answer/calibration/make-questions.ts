import { quotableSentences } from "../../chunk/quotable-sentences.ts";
import type { Article } from "../../corpus/article.ts";
import type { AnswerKind } from "../../question/asking-phrases.ts";
import { foldAligned } from "../../text/fold.ts";
import { findCandidates } from "../ranking/reading/answer-candidates.ts";

/** A question made from a sentence that answers it. */
export type MadeQuestion = { readonly question: string; readonly articleId: string; readonly answer: string };

const ASKED: readonly { kind: AnswerKind; phrase: string }[] = [
  { kind: "time", phrase: "什么时候" },
  { kind: "percentage", phrase: "百分之多少" },
  { kind: "money", phrase: "多少钱" },
  { kind: "duration", phrase: "多久" },
  { kind: "person", phrase: "谁" },
];

/** In UTF-16 units: shorter clauses say too little to be asked, longer ones nobody would ask. */
const SHORTEST = 10;
const LONGEST = 32;

/** Turns clauses of an article into questions about what they tell: 2017年工作站挂牌 → 什么时候工作站挂牌？ */
export function makeQuestions(article: Article): MadeQuestion[] {
  return quotableSentences(article).flatMap((span) => {
    const sentence = article.text.slice(span.start, span.end);
    const clause = sentence
      .split(/[，,；;。！？!?：:\n]/u)
      .find((part) => part.length >= SHORTEST && part.length <= LONGEST);
    const made = clause && askFor(clause);
    return made ? [{ ...made, articleId: article.id }] : [];
  });
}

function askFor(clause: string): Omit<MadeQuestion, "articleId"> | undefined {
  const folded = foldAligned(clause);
  for (const { kind, phrase } of ASKED) {
    const span = findCandidates(kind, folded)[0];
    if (!span || span.end - span.start < 2) continue;
    return {
      question: `${clause.slice(0, span.start)}${phrase}${clause.slice(span.end)}？`.replace(
        /[“”"「」▲●—\s]/gu,
        "",
      ),
      answer: clause.slice(span.start, span.end),
    };
  }
  return undefined;
}
