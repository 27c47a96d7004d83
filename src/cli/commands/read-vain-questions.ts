import type { Config } from "../../config.ts";
import type { VainQuestion } from "../../evaluation/gaps/find-gaps.ts";
import { feedbackLine, readJournal, unansweredLine } from "../../server/journal/read-journal.ts";

/** So many are compared with each other; of more, those asked last. */
const MOST_COMPARED = 10_000;

/** Milliseconds. */
const DAY = 24 * 60 * 60 * 1000;

/** What readers asked in vain within so many days, or as long as it was kept; the oldest first. */
export async function readVainQuestions(
  { unansweredFile, feedbackFile }: Pick<Config, "unansweredFile" | "feedbackFile">,
  days = Number.POSITIVE_INFINITY,
): Promise<VainQuestion[]> {
  const unanswered = (await readJournal(unansweredFile, unansweredLine)).map(
    ({ at, question, articles }): VainQuestion => ({ at, question, articles, why: "unanswered" }),
  );
  const disliked = (await readJournal(feedbackFile, feedbackLine))
    .filter(({ rating }) => rating === "down")
    .map(({ at, question }): VainQuestion => ({ at, question, articles: [], why: "disliked" }));
  const oldest = Date.now() - days * DAY;
  return [...unanswered, ...disliked]
    .filter(({ at }) => Date.parse(at) >= oldest)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .slice(-MOST_COMPARED);
}
