import type { Logger } from "pino";
import type { Config } from "../../config.ts";
import { FeedbackLog } from "../../server/journal/feedback-log.ts";
import { UnansweredLog } from "../../server/journal/unanswered-log.ts";
import { describeFailure } from "../../server/observing/describe-failure.ts";

/** What is kept of readers while a server runs. */
export type ReadersStores = {
  readonly feedback: FeedbackLog;
  readonly unanswered: UnansweredLog;
  close(): Promise<void>;
};

/** Opens the stores, and drops what is too old, now and once a day until they are closed. */
export function openReadersStores(config: Config, log: Logger): ReadersStores {
  const { feedbackFile, unansweredFile, keepDays } = config;
  const feedback = new FeedbackLog(feedbackFile, { keepDays });
  const unanswered = new UnansweredLog(unansweredFile, { keepDays });
  const tell = (error: unknown) =>
    log.error({ err: describeFailure(error, []) }, "Old lines were not dropped.");
  for (const store of [feedback, unanswered]) store.keepTidy(tell);
  const close = async () => {
    await Promise.all([feedback.close(), unanswered.close()]);
  };
  return { feedback, unanswered, close };
}
