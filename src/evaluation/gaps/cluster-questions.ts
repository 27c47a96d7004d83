import { fold } from "../../text/fold.ts";
import { type Embed, likeness, type QuestionMeaning, readMeanings } from "./question-meaning.ts";

/** Questions at least this alike count as one. How it was set, and what it does: docs/operations.md, "What readers ask in vain". */
export const SAME_QUESTION = 0.45;

/** Several wordings of one question, the most used first. */
export type QuestionCluster<T> = { readonly wordings: readonly Wording<T>[] };

/** One wording, and each time it was used. */
export type Wording<T> = { readonly question: string; readonly uses: readonly T[] };

/**
 * Puts questions together that mean the same. The most used wording that is like no earlier one leads a cluster; every other wording
 * joins the leader it is most like. So a cluster never drifts from what its leader asks, and the work grows with questions times clusters.
 */
export async function clusterQuestions<T extends { readonly question: string }>(
  asked: readonly T[],
  embed: Embed,
): Promise<QuestionCluster<T>[]> {
  const wordings = groupWordings(asked);
  const meanings = await readMeanings(
    wordings.map(({ question }) => question),
    embed,
  );
  const clusters: Cluster<T>[] = [];
  for (const [i, wording] of wordings.entries()) {
    const meaning = meanings[i]!;
    const cluster = findCluster(clusters, meaning);
    if (cluster) cluster.wordings.push(wording);
    else clusters.push({ leader: meaning, wordings: [wording] });
  }
  return clusters;
}

type Cluster<T> = { readonly leader: QuestionMeaning; readonly wordings: Wording<T>[] };

function findCluster<T>(clusters: readonly Cluster<T>[], meaning: QuestionMeaning): Cluster<T> | undefined {
  let best: Cluster<T> | undefined;
  let most = SAME_QUESTION;
  for (const cluster of clusters) {
    const alike = likeness(cluster.leader, meaning);
    if (alike < most) continue;
    best = cluster;
    most = alike;
  }
  return best;
}

/** The same but for width, case, script and marks is one wording, shown as it was used last; the most used comes first. */
function groupWordings<T extends { readonly question: string }>(asked: readonly T[]): Wording<T>[] {
  const groups = new Map<string, T[]>();
  for (const use of asked) {
    const key = fold(use.question).replace(/[\s\p{P}]+/gu, "");
    const group = groups.get(key);
    if (group) group.push(use);
    else groups.set(key, [use]);
  }
  return [...groups.values()]
    .map((uses) => ({ question: uses.at(-1)!.question, uses }))
    .sort((a, b) => b.uses.length - a.uses.length || (a.question < b.question ? -1 : 1));
}
