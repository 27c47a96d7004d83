import { clusterQuestions, type QuestionCluster } from "./cluster-questions.ts";
import type { Embed } from "./question-meaning.ts";

/** One time that a reader asked and got nothing, or nothing good. */
export type VainQuestion = {
  readonly question: string;
  /** When, as ISO 8601 in UTC. */
  readonly at: string;
  /** `unanswered`: nothing was found. `disliked`: a reader rated the answer down. */
  readonly why: "unanswered" | "disliked";
  /** The ids of the articles nearest to it, the nearest first. */
  readonly articles: readonly string[];
};

/** What readers miss: one question, in all wordings it was asked in. */
export type Gap = {
  /** 1, 2, 3 …: its place in the list. */
  readonly number: number;
  /** The wording used most. */
  readonly question: string;
  /** The other wordings, the most used first. */
  readonly otherWordings: readonly string[];
  /** How often it was asked in vain, by reason and in all. */
  readonly count: number;
  readonly unanswered: number;
  readonly disliked: number;
  /** When it was asked last, as ISO 8601 in UTC. */
  readonly lastAt: string;
  /** The ids of the articles that were nearest to it most often, three at most. */
  readonly articles: readonly string[];
};

/** Groups what was asked in vain by meaning; what was asked most comes first, and of equals what was asked last. */
export async function findGaps(asked: readonly VainQuestion[], embed: Embed): Promise<Gap[]> {
  const clusters = await clusterQuestions(asked, embed);
  return clusters
    .map(describeCluster)
    .sort((a, b) => b.count - a.count || compare(b.lastAt, a.lastAt) || compare(a.question, b.question))
    .map((gap, i) => ({ number: i + 1, ...gap }));
}

function describeCluster({ wordings }: QuestionCluster<VainQuestion>): Omit<Gap, "number"> {
  const [first, ...others] = wordings.map(({ question }) => question);
  const uses = wordings.flatMap((wording) => wording.uses);
  const unanswered = uses.filter(({ why }) => why === "unanswered").length;
  return {
    question: first ?? "",
    otherWordings: others,
    count: uses.length,
    unanswered,
    disliked: uses.length - unanswered,
    lastAt:
      uses
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? "",
    articles: nearestOf(uses),
  };
}

const SHOWN_ARTICLES = 3;

function nearestOf(uses: readonly VainQuestion[]): string[] {
  const votes = new Map<string, number>();
  for (const { articles } of uses) {
    // the first of a list counts 1, the second 1/2, the third 1/3 …
    for (const [i, id] of articles.entries()) votes.set(id, (votes.get(id) ?? 0) + 1 / (i + 1));
  }
  const ids = [...votes].sort(([a, m], [b, n]) => n - m || compare(a, b)).map(([id]) => id);
  return ids.slice(0, SHOWN_ARTICLES);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
