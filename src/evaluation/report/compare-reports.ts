import { bootstrap, type Interval } from "../bootstrap.ts";
import { MEASURES, MEASURES_OF_A_KIND, type MeasureName } from "../measures.ts";
import { NO_ANSWER } from "../question-set.ts";
import { columnOf, meanOf } from "../summarise.ts";
import type { EvaluationReport, QuestionResult } from "./evaluation-report.ts";

/** A figure that moved further than the choice of the questions explains: 0 is outside the interval of the difference. */
export type Change = Interval & {
  /** `undefined` for all kinds together. */
  readonly kind: string | undefined;
  readonly measure: MeasureName;
  readonly before: number;
  readonly now: number;
};

export type Comparison = {
  /** How many questions both reports have in the same words. */
  readonly compared: number;
  readonly losses: readonly Change[];
  readonly gains: readonly Change[];
  /** Ids of questions that were answered rightly before and are not now, and the other way round. */
  readonly lost: readonly string[];
  readonly won: readonly string[];
};

/**
 * Compares two reports question by question, so that a loss counts even where the interval of each figure alone is wide.
 * Questions that only one of them has, or has in other words, are left aside.
 */
export function compareReports(before: EvaluationReport, now: EvaluationReport): Comparison {
  const pairs = pairUp(before.results, now.results);
  const kinds = [undefined, ...new Set(pairs.map((pair) => pair.now.kind))];
  const changes = kinds.flatMap((kind) =>
    findChanges(
      kind,
      pairs.filter((pair) => kind === undefined || pair.now.kind === kind),
    ),
  );
  return {
    compared: pairs.length,
    losses: changes.filter(({ high }) => high < 0),
    gains: changes.filter(({ low }) => low > 0),
    lost: pairs.filter((pair) => isRight(pair.before) && !isRight(pair.now)).map((pair) => pair.now.id),
    won: pairs.filter((pair) => !isRight(pair.before) && isRight(pair.now)).map((pair) => pair.now.id),
  };
}

/** Whether one of the first three quotes answers; where nothing does, whether that was said. */
export function isRight({ kind, scores }: QuestionResult): boolean {
  return (kind === NO_ANSWER ? scores.rightDecision : scores["citationHit@3"]) === 1;
}

type Pair = { readonly before: QuestionResult; readonly now: QuestionResult };

function pairUp(before: readonly QuestionResult[], now: readonly QuestionResult[]): Pair[] {
  const earlier = new Map(before.map((result) => [wordsOf(result), result]));
  return now.flatMap((result) => {
    const match = earlier.get(wordsOf(result));
    return match ? [{ before: match, now: result }] : [];
  });
}

function wordsOf({ id, kind, question, history, articles, answers }: QuestionResult): string {
  return JSON.stringify([id, kind, question, history, articles, answers]);
}

function findChanges(kind: string | undefined, pairs: readonly Pair[]): Change[] {
  const measures = kind === undefined ? MEASURES : MEASURES_OF_A_KIND;
  const columns = measures.map(({ name }) => ({
    measure: name,
    before: columnOf(
      pairs.map((pair) => pair.before),
      name,
    ),
    now: columnOf(
      pairs.map((pair) => pair.now),
      name,
    ),
  }));
  const intervals = bootstrap(
    pairs.length,
    columns.map((column) => (places) => meanOf(column.now, places) - meanOf(column.before, places)),
  );
  const everywhere = [...pairs.keys()];
  return columns.flatMap(({ measure, before, now }, i) => {
    const interval = intervals[i];
    if (!interval) return [];
    return [{ kind, measure, before: meanOf(before, everywhere), now: meanOf(now, everywhere), ...interval }];
  });
}
