import type { Span } from "../../text/span.ts";
import type { ReadText } from "./words/read-text.ts";

/** A sentence and what stands around it, whatever is asked. Texts are folded; `aligned` kept its offsets. */
export type SentenceSurroundings = {
  readonly folded: string;
  readonly aligned: string;
  readonly previous: string;
  readonly next: string;
  readonly passage: string;
  readonly article: string;
  readonly articleId: string;
  readonly own: ReadText;
  /** The sentence before and the one after, where there are any. */
  readonly neighbours: readonly ReadText[];
  /** The sentence and some before it, the nearest first. */
  readonly lead: readonly ReadText[];
  /** The title of its article and the headings above it. */
  readonly titles: ReadText;
  /** The sentence's place in its article, 0 for the first, and how many sentences that has. */
  readonly position: number;
  readonly sentenceCount: number;
};

/** A sentence that may answer, with what stands around it and what was found of it. */
export type SentenceContext = SentenceSurroundings & {
  /** What in it could be an answer of the kind that is asked for, in `aligned`. */
  readonly candidates: readonly Span[];
  /** Cosine of question and sentence, question and passage; `NaN` where unknown. */
  readonly similarity: number;
  readonly passageSimilarity: number;
  /** Cosine of what is asked about the question's names and the sentence, and the higher one of its neighbours. */
  readonly relationSimilarity: number;
  readonly relationNearby: number;
  /** The passage's score divided by the best one's, and its place, 0 for the first. */
  readonly passageScore: number;
  readonly passageRank: number;
};
