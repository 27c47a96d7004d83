import type { Language } from "../errors.ts";

/** A share or a score between 0 and 1; each question that it applies to has a value, a figure is their mean. */
export type Measure = {
  readonly name: MeasureName;
  /** Which table it stands in. */
  readonly about: "search" | "answer" | "refusal";
  /** A column's heading. */
  readonly label: Readonly<Record<Language, string>>;
};

export type MeasureName =
  | "articleRecall@1"
  | "articleRecall@5"
  | "articleRecall@10"
  | "answerRecall@1"
  | "answerRecall@5"
  | "answerRecall@10"
  | "mrr@10"
  | "ndcg@10"
  | "citationHit@1"
  | "citationHit@3"
  | "allCited"
  | "textHoldsAnswer"
  | "rightDecision"
  | "refusalPrecision"
  | "refusalRecall";

/** A question's values; those that do not apply to it are left out. */
export type Scores = { readonly [Name in MeasureName]?: number | undefined };

export const MEASURES: readonly Measure[] = [
  { name: "articleRecall@1", about: "search", label: { zh: "文章@1", en: "article@1" } },
  { name: "articleRecall@5", about: "search", label: { zh: "文章@5", en: "article@5" } },
  { name: "articleRecall@10", about: "search", label: { zh: "文章@10", en: "article@10" } },
  { name: "answerRecall@1", about: "search", label: { zh: "答案@1", en: "answer@1" } },
  { name: "answerRecall@5", about: "search", label: { zh: "答案@5", en: "answer@5" } },
  { name: "answerRecall@10", about: "search", label: { zh: "答案@10", en: "answer@10" } },
  { name: "mrr@10", about: "search", label: { zh: "MRR@10", en: "MRR@10" } },
  { name: "ndcg@10", about: "search", label: { zh: "nDCG@10", en: "nDCG@10" } },
  { name: "citationHit@1", about: "answer", label: { zh: "引文@1", en: "quote@1" } },
  { name: "citationHit@3", about: "answer", label: { zh: "引文@3", en: "quote@3" } },
  { name: "allCited", about: "answer", label: { zh: "引全", en: "all cited" } },
  { name: "textHoldsAnswer", about: "answer", label: { zh: "文中有答", en: "in text" } },
  { name: "rightDecision", about: "answer", label: { zh: "答拒得当", en: "decision" } },
  { name: "refusalPrecision", about: "refusal", label: { zh: "拒答精确率", en: "refusal precision" } },
  { name: "refusalRecall", about: "refusal", label: { zh: "拒答召回率", en: "refusal recall" } },
];

/** Refusals are told from answers over all kinds: within one, either none or all of them are right. */
export const MEASURES_OF_A_KIND = MEASURES.filter(({ about }) => about !== "refusal");
