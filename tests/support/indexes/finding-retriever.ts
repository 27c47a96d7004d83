import type { RetrieveOptions, Retriever } from "../../../src/retrieve/retriever.ts";
import { passage } from "../builders.ts";

/** Passages and their scores: `{ "museum#1": 0.8 }` is the first passage of the article `museum`. */
export type Found = Readonly<Record<string, number>>;

/** Finds for each question what `find` says, the best first; `name` is who its ranks say has found it. */
export function finding(
  find: (question: string, options: RetrieveOptions) => Found,
  name = "keyword",
): Retriever {
  return {
    retrieve: async (question, options = {}) =>
      Object.entries(find(question, options))
        .sort(([, a], [, b]) => b - a)
        .slice(0, options.limit)
        .map(([id, score], i) => ({
          passage: passage({ id, articleId: id.split("#")[0]!, text: `${id}的一段。` }),
          score,
          ranks: { [name]: i + 1 },
        })),
  };
}
