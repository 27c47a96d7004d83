import { Journal, type JournalOptions } from "./journal.ts";

/** A question that nothing in the articles answers. */
export type UnansweredQuestion = {
  /** As it stands alone: a follow-up says nothing without the turns before it. */
  readonly question: string;
  /** The ids of the articles nearest to it, the nearest first. */
  readonly articles: readonly string[];
};

/** What readers asked in vain. `append` rejects with `QUESTION_NOT_SAVED`. */
export class UnansweredLog extends Journal<UnansweredQuestion> {
  constructor(file: string, options?: JournalOptions) {
    super(file, { code: "QUESTION_NOT_SAVED", zh: "没有答上的问题", en: "An unanswered question" }, options);
  }
}
