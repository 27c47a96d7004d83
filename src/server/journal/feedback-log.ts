import { Journal, type JournalOptions } from "./journal.ts";

/** What a reader thinks of an answer. */
export type Feedback = {
  readonly answerId: string;
  readonly question: string;
  readonly rating: "up" | "down";
  readonly remark?: string | undefined;
};

/** Readers' ratings. `append` rejects with `FEEDBACK_NOT_SAVED`. */
export class FeedbackLog extends Journal<Feedback> {
  constructor(file: string, options?: JournalOptions) {
    super(file, { code: "FEEDBACK_NOT_SAVED", zh: "评价", en: "Feedback" }, options);
  }
}
