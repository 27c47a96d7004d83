import type { Passage } from "../chunk/passage.ts";
import type { ScoredId } from "../indexing/vectors/vector-index.ts";
import type { Hit } from "./hit.ts";

/** Hits from what an index found, best first; `retriever` is the name that their ranks go under. */
export function rankHits(retriever: string, passages: readonly Passage[], found: readonly ScoredId[]): Hit[] {
  return found.map(({ id, score }, i) => ({ passage: passages[id]!, score, ranks: { [retriever]: i + 1 } }));
}
