import { readFile } from "node:fs/promises";
import { z } from "zod";
import { SpokenError } from "../../errors.ts";
import { MEASURES, type MeasureName } from "../measures.ts";

const names = MEASURES.map(({ name }) => name) as [MeasureName, ...MeasureName[]];
const measureName = z.enum(names);

/** The mean over `count` questions, with its 95 % interval. */
const figure = z.object({ value: z.number(), low: z.number(), high: z.number(), count: z.number() });
const spread = z.object({ median: z.number(), max: z.number() });
const latency = z.object({ p50: z.number(), p95: z.number() });

const figures = z.object({
  questions: z.number(),
  measures: z.partialRecord(measureName, figure),
  /** Absent where nothing was quoted. Characters of single quotes, and of all quotes of an answer together. */
  quoteCharacters: spread.optional(),
  answerCharacters: spread.optional(),
  /** From question to answer, and the retrieval in it. */
  milliseconds: z.object({ answer: latency, search: latency }),
});

const questionResult = z.object({
  id: z.string(),
  kind: z.string(),
  question: z.string(),
  history: z.array(z.string()),
  articles: z.array(z.string()),
  answers: z.array(z.string()),
  status: z.enum(["answered", "no-evidence"]),
  scores: z.partialRecord(measureName, z.number()),
  /** What was quoted; `holds` where it holds the answer and is from a right article. */
  citations: z.array(z.object({ articleId: z.string(), quote: z.string(), holds: z.boolean() })),
  /** The first passages found. */
  hits: z.array(z.object({ passageId: z.string(), holds: z.boolean() })),
});

const report = z.object({
  format: z.literal(1),
  /** The file of the questions, what answered, and when (ISO 8601). */
  questionSet: z.string(),
  retriever: z.string(),
  model: z.string(),
  measuredAt: z.string(),
  articles: z.number(),
  passages: z.number(),
  interval: z.object({ confidence: z.number(), resamples: z.number(), seed: z.number() }),
  all: figures,
  kinds: z.record(z.string(), figures),
  /** The invariant: how many citations there were, stand at their span, and stand in the file of their article. */
  citations: z.object({ count: z.number(), atTheirSpan: z.number(), inTheirFile: z.number() }),
  results: z.array(questionResult),
});

export type Figure = z.infer<typeof figure>;
export type Spread = z.infer<typeof spread>;
export type Latency = z.infer<typeof latency>;
export type Figures = z.infer<typeof figures>;
export type QuestionResult = z.infer<typeof questionResult>;
export type EvaluationReport = z.infer<typeof report>;

/** Reads what `wenju eval --json` printed. Throws `QUESTION_SET_INVALID` where it is something else. */
export async function readReport(path: string): Promise<EvaluationReport> {
  try {
    return report.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    const en = `The baseline ${path} is no report of "wenju eval --json". Make it anew.`;
    const zh = `${path} 不是 wenju eval --json 的输出，不能作为基线。请重新生成。`;
    throw new SpokenError("QUESTION_SET_INVALID", { zh, en }, { cause });
  }
}
