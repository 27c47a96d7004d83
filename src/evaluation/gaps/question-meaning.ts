import { analyseQuestion, type QuestionAnalysis } from "../../question/analyse-question.ts";

/** Unit vectors of texts, in their order. */
export type Embed = (texts: string[]) => Promise<number[][]>;

/** What of a question can be compared with another one's. */
export type QuestionMeaning = {
  readonly analysis: QuestionAnalysis;
  /** Of the question as it stands. */
  readonly whole: readonly number[];
  /** Of what it asks of its names: neither names nor asking words. */
  readonly asked: readonly number[];
};

/** Reads many questions at once. */
export async function readMeanings(questions: readonly string[], embed: Embed): Promise<QuestionMeaning[]> {
  const analyses = questions.map(analyseQuestion);
  const wholes = await embed([...questions]);
  const askeds = await embed(analyses.map((analysis, i) => withoutNames(analysis) || questions[i]!));
  return analyses.map((analysis, i) => ({ analysis, whole: wholes[i]!, asked: askeds[i]! }));
}

/**
 * How alike two questions are, 0 … 1: the cosine of the two, or of what they ask of their names, whichever is less. Vectors that know
 * words and not their order take two questions about one hospital for almost the same, so what may not differ is looked at first: a
 * question with another name, number or kind of answer is another question.
 */
export function likeness(a: QuestionMeaning, b: QuestionMeaning): number {
  if (!isOfOneKind(a.analysis, b.analysis)) return 0;
  if (!holdsNames(a.analysis, b.analysis) || !holdsNames(b.analysis, a.analysis)) return 0;
  return Math.max(0, Math.min(dot(a.whole, b.whole), dot(a.asked, b.asked)));
}

function withoutNames({ before, after, names }: QuestionAnalysis): string {
  return names.reduce((rest, name) => rest.replaceAll(name, ""), `${before} ${after}`).trim();
}

/** These ask in so many words that the narrower kinds are asked in them, too: 挂号费怎么收 is 挂号费多少钱. */
const WIDE: ReadonlySet<QuestionAnalysis["kind"]> = new Set([
  "thing",
  "method",
  "yes-no",
  "list",
  "definition",
  "reason",
]);

function isOfOneKind(a: QuestionAnalysis, b: QuestionAnalysis): boolean {
  return a.kind === b.kind || WIDE.has(a.kind) || WIDE.has(b.kind);
}

/** Terms hold numerals in both scripts: 331 is 三三一. */
function holdsNames({ text, terms }: QuestionAnalysis, { names }: QuestionAnalysis): boolean {
  return names.every((name) => text.includes(name) || terms.includes(name));
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
