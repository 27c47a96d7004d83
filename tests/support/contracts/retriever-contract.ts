import { describe, expect, it } from "vitest";
import type { Passage } from "../../../src/chunk/passage.ts";
import type { Retriever } from "../../../src/retrieve/retriever.ts";

export type RetrieverUnderTest = {
  readonly retriever: Retriever;
  /** What it may find. */
  readonly passages: readonly Passage[];
};

export type RetrieverContractOptions = {
  /** Whether it asks a model, and so has work that a signal can end. */
  readonly asksModel: boolean;
};

const QUESTION = "澄江市博物馆的镇馆之宝是什么？";

/** What every `Retriever` over the invented articles promises. */
export function testRetriever(
  name: string,
  open: () => RetrieverUnderTest,
  { asksModel }: RetrieverContractOptions,
): void {
  describe(`${name} as a Retriever`, () => {
    it("finds passages of the article that a question is about, the best first", async () => {
      const hits = await open().retriever.retrieve(QUESTION);
      expect(hits[0]?.passage.articleId).toBe("chengjiang-museum");
      const scores = hits.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    });

    it("finds passages of the index, each once", async () => {
      const { retriever, passages } = open();
      const hits = await retriever.retrieve(QUESTION, { limit: 1000 });
      expect(hits.length).toBeGreaterThan(0);
      expect(hits.length).toBeLessThanOrEqual(passages.length);
      for (const { passage } of hits) expect(passages).toContain(passage);
      expect(new Set(hits.map(({ passage }) => passage.id)).size).toBe(hits.length);
    });

    it("says who found each, at which place counted from 1", async () => {
      for (const { ranks } of await open().retriever.retrieve(QUESTION)) {
        const places = Object.values(ranks);
        expect(places.length).toBeGreaterThan(0);
        for (const place of places) expect(Number.isInteger(place) && place >= 1).toBe(true);
      }
    });

    it("gives no more than the limit, which is 10 where none is said", async () => {
      const { retriever } = open();
      const all = await retriever.retrieve(QUESTION, { limit: 1000 });
      for (const limit of [0, 1, 3]) {
        expect(await retriever.retrieve(QUESTION, { limit })).toHaveLength(Math.min(limit, all.length));
      }
      expect(await retriever.retrieve(QUESTION)).toHaveLength(Math.min(10, all.length));
    });

    it("finds the same when it is asked again", async () => {
      const { retriever } = open();
      const first = await retriever.retrieve(QUESTION);
      await retriever.retrieve("望仙桥建于哪一年？");
      expect(await retriever.retrieve(QUESTION)).toEqual(first);
    });

    it.each([
      ["nothing", ""],
      ["white space", " 　\n"],
      ["punctuation", "？！……《》"],
      ["asking words alone", "谁？"],
    ])("takes a question of %s", async (_, question) => {
      const hits = await open().retriever.retrieve(question, { limit: 3 });
      expect(hits.length).toBeLessThanOrEqual(3);
      for (const { score } of hits) expect(score).not.toBeNaN();
    });

    if (!asksModel) return;
    it("rejects when its signal fires", async () => {
      const { retriever } = open();
      const gone = AbortSignal.abort();
      await expect(retriever.retrieve(QUESTION, { signal: gone })).rejects.toMatchObject({ code: "ABORTED" });
      const controller = new AbortController();
      const hits = retriever.retrieve("远舟船舶公司成立于哪一年？", { signal: controller.signal });
      controller.abort();
      await expect(hits).rejects.toMatchObject({ code: "ABORTED" });
    });
  });
}
