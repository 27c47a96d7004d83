import type { Passage } from "../chunk/passage.ts";
import { collapseDuplicates } from "./collapse-duplicates.ts";
import type { Hit } from "./hit.ts";
import { DEFAULT_LIMIT, type RetrieveOptions, type Retriever } from "./retriever.ts";

/** A retriever and how much of the fused score is its. */
export type WeightedRetriever = {
  readonly retriever: Retriever;
  readonly weight: number;
  /**
   * What counts as nothing: `zero` where scores are 0 without any match (BM25), `last` where the last of the list is as good
   * as chance (cosines).
   */
  readonly floor: "zero" | "last";
};

/** How many hits each retriever is asked for: enough that what one misses another's list holds. */
const DEPTH = 200;

/** How many times the list's length is searched for duplicates: spreading over articles may pass over half of it. */
const LOOKED_AT = 2;

/** Other articles must come this close to the best score before one article's share of the list is limited. */
const NEARBY = 0.5;

/**
 * Adds up the scores of several retrievers, each scaled to 0 … 1 per question. A convex sum of scaled scores keeps what
 * reciprocal ranks throw away: how far ahead a hit is (Bruch, Gai, Ingber: An Analysis of Fusion Functions for Hybrid
 * Retrieval, 2023).
 */
export class HybridRetriever implements Retriever {
  readonly #retrievers: readonly WeightedRetriever[];

  constructor(retrievers: readonly WeightedRetriever[]) {
    this.#retrievers = retrievers;
  }

  async retrieve(
    question: string,
    { limit = DEFAULT_LIMIT, ...options }: RetrieveOptions = {},
  ): Promise<Hit[]> {
    const lists = await Promise.all(
      this.#retrievers.map(({ retriever }) => retriever.retrieve(question, { ...options, limit: DEPTH })),
    );
    return spreadOverArticles(collapseDuplicates(this.#fuse(lists), LOOKED_AT * limit), limit);
  }

  #fuse(lists: readonly (readonly Hit[])[]): Hit[] {
    const fused = new Map<string, { passage: Passage; score: number; ranks: Record<string, number> }>();
    lists.forEach((hits, i) => {
      const { weight, floor } = this.#retrievers[i]!;
      const lowest = floor === "zero" ? 0 : (hits.at(-1)?.score ?? 0);
      const range = (hits[0]?.score ?? 0) - lowest || 1;
      for (const { passage, score, ranks } of hits) {
        const share = (weight * (score - lowest)) / range;
        const before = fused.get(passage.id);
        if (before) {
          before.score += share;
          Object.assign(before.ranks, ranks);
        } else fused.set(passage.id, { passage, score: share, ranks: { ...ranks } });
      }
    });
    return [...fused.values()].sort((a, b) => b.score - a.score);
  }
}

/** At most half of the list from one article, as long as others are near; the rest of the list follows in its order. */
function spreadOverArticles(hits: readonly Hit[], limit: number): Hit[] {
  const near = (hits[0]?.score ?? 0) * NEARBY;
  const counts = new Map<string, number>();
  const chosen: Hit[] = [];
  const passedOver: Hit[] = [];
  for (const hit of hits) {
    if (chosen.length === limit || hit.score < near) break;
    const count = counts.get(hit.passage.articleId) ?? 0;
    counts.set(hit.passage.articleId, count + 1);
    (count < limit / 2 ? chosen : passedOver).push(hit);
  }
  const rest = hits.slice(chosen.length + passedOver.length);
  return [...chosen, ...passedOver, ...rest].slice(0, limit).sort((a, b) => b.score - a.score);
}
