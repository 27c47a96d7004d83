import { checkIndex } from "../indexing/check-index.ts";
import { findGenerations } from "../indexing/generation/manifest.ts";
import type { IndexDemands } from "../indexing/open-index.ts";
import type { LiveChatbot } from "../live-chatbot.ts";

/** Why what answers is not what it should be: the corpus has `changed`, or it is the index that has to be put in order. */
export type Behind = "changed" | "disordered";

/** What there is to be indexed for a chatbot to be what its corpus is; undefined where there is nothing, or nothing that may be done. */
export async function lookForWork(
  demands: IndexDemands & { readonly corpusFolder: string },
  { current }: LiveChatbot,
): Promise<Behind | undefined> {
  const state = await checkIndex(demands).catch(() => "damaged" as const);
  if (state === "stale") return "changed";
  // somebody has put an index of another model in its place: that is not replaced behind their back
  if (state === "mismatched") return undefined;
  if (state !== "current") return "disordered";
  // one that is damaged inside its large files was passed over when the index was opened
  const newest = await findGenerations(demands.indexFolder).catch(() => undefined);
  return newest?.ids[0] === current.generation ? undefined : "disordered";
}
