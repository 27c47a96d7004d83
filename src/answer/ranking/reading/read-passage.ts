import type { ReadText } from "./read-text.ts";

/** A passage, sentence by sentence, whatever is asked of it. Texts are folded. It can be sent to another thread. */
export type ReadPassage = {
  readonly id: string;
  readonly articleId: string;
  readonly text: string;
  /** The title of its article and the headings above it. */
  readonly titles: ReadText;
  readonly sentences: readonly ReadSentence[];
  /** How many sentences its article has. */
  readonly sentenceCount: number;
};

export type ReadSentence = {
  /** By which the vectors of the sentence and of its neighbours are found; its own where it has no neighbour. */
  readonly number: number;
  readonly previousNumber: number;
  readonly nextNumber: number;
  /** Its place in its article, 0 for the first. */
  readonly position: number;
  readonly own: ReadText;
  readonly previous: ReadText | undefined;
  readonly next: ReadText | undefined;
  /** The sentence and some before it, the nearest first. */
  readonly lead: readonly ReadText[];
  /** The same further back, without their words. */
  readonly longLead: readonly string[];
};
