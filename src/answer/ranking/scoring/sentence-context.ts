import type { Span } from "../../../text/span.ts";
import type { QuestionMeaning } from "../embed-question.ts";
import type { ReadText } from "../reading/read-text.ts";
import type { CorpusVectors, FoundPassage, ScoringTask } from "./scoring-task.ts";

/** A sentence that may answer, with what stands around it. Texts are folded; `aligned` kept its offsets. */
export type SentenceContext = {
  readonly folded: string;
  readonly aligned: string;
  /** What in it could be an answer of the kind that is asked for, in `aligned`. */
  readonly candidates: readonly Span[];
  readonly previous: string;
  readonly next: string;
  readonly passage: string;
  readonly article: string;
  readonly articleId: string;
  readonly own: ReadText;
  /** The sentence before and the one after, where there are any. */
  readonly neighbours: readonly ReadText[];
  /** The sentence and some before it, the nearest first; and further back. */
  readonly lead: readonly ReadText[];
  readonly longLead: readonly string[];
  /** The title of its article and the headings above it. */
  readonly titles: ReadText;
  /** Cosine of question and sentence, question and passage; `NaN` where unknown. */
  readonly similarity: number;
  readonly passageSimilarity: number;
  /** Cosine of what is asked about the question's names and the sentence, and the higher one of its neighbours. */
  readonly relationSimilarity: number;
  readonly relationNearby: number;
  /** The passage's score divided by the best one's, and its place, 0 for the first. */
  readonly passageScore: number;
  readonly passageRank: number;
  /** The sentence's place in its article, 0 for the first, and how many sentences that has. */
  readonly position: number;
  readonly sentenceCount: number;
};

/** The sentences of all passages of a task, one passage after the other. */
export function sentenceContexts(
  { passages, meaning }: Pick<ScoringTask, "passages" | "meaning">,
  { sentences }: CorpusVectors,
): SentenceContext[] {
  const similarity = (number: number, vector: Float32Array | undefined): number =>
    vector ? sentences.similarity(number, vector) : UNKNOWN;
  return passages.flatMap((found, rank) => contextsOf(found, rank, meaning, similarity));
}

/** Stays unknown in whatever is reckoned from it. */
const UNKNOWN = Number.NaN;

function contextsOf(
  { passage, article, candidates, score }: FoundPassage,
  rank: number,
  { whole, relation }: QuestionMeaning,
  similarityOf: (number: number, vector: Float32Array | undefined) => number,
): SentenceContext[] {
  const { articleId, text, titles, sentences, sentenceCount } = passage;
  const similarities = sentences.map(({ number }) => similarityOf(number, whole));
  const passageSimilarity = mean(similarities);
  return sentences.map((sentence, i) => {
    const { number, previousNumber, nextNumber, position, own, previous, next, lead, longLead } = sentence;
    return {
      folded: own.folded,
      aligned: own.aligned,
      candidates: candidates[i]!,
      previous: previous?.folded ?? "",
      next: next?.folded ?? "",
      passage: text,
      article,
      articleId,
      own,
      neighbours: [previous, next].filter((near) => near !== undefined),
      lead,
      longLead,
      titles,
      similarity: similarities[i]!,
      passageSimilarity,
      relationSimilarity: similarityOf(number, relation),
      relationNearby: Math.max(similarityOf(previousNumber, relation), similarityOf(nextNumber, relation)),
      passageScore: score,
      passageRank: rank,
      position,
      sentenceCount,
    };
  });
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}
