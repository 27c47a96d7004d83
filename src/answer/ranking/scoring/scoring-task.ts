import type { ByteVectors } from "../../../indexing/vectors/byte-vectors.ts";
import type { Span } from "../../../text/span.ts";
import type { QuestionMeaning } from "../embed-question.ts";
import type { ReadPassage } from "../reading/read-passage.ts";
import type { WeighedQuestion } from "../weigh-question.ts";

/** A passage that was found for a question. */
export type FoundPassage = {
  readonly passage: ReadPassage;
  /** The whole text of its article, folded, its title first. */
  readonly article: string;
  /** What in its sentence `i` could be an answer of the kind that is asked for. */
  readonly candidates: readonly (readonly Span[])[];
  /** Divided by the best one's. */
  readonly score: number;
};

/** A question and the passages that were found for it, best first. It can be sent to another thread. */
export type ScoringTask = {
  readonly question: WeighedQuestion;
  /** Without a vector its similarities are unknown. */
  readonly meaning: QuestionMeaning;
  readonly passages: readonly FoundPassage[];
};

/** The vectors of a corpus: by number those of its sentences, by id those of its words. */
export type CorpusVectors = { readonly sentences: ByteVectors; readonly words: ByteVectors };

/** Scores the sentences of the passages of a task, one passage after the other, by how likely each answers: log odds against "nothing does". */
export type Scorer = { score(task: ScoringTask): Float64Array | Promise<Float64Array> };
