import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HybridRetriever, type WeightedRetriever } from "../../src/retrieve/hybrid-retriever.ts";
import { type Found, finding } from "../support/indexes/finding-retriever.ts";

describe("HybridRetriever", () => {
  it("adds up scores, each scaled to 1 for the best of its list", async () => {
    const hits = await fuse([
      { found: { "river#1": 30, "museum#1": 15 }, name: "keyword", weight: 0.6, floor: "zero" },
      {
        found: { "museum#1": 0.9, "river#1": 0.7, "ship#1": 0.5 },
        name: "vector",
        weight: 0.4,
        floor: "last",
      },
    ]);
    expect(Object.fromEntries(hits.map(({ passage, score }) => [passage.id, score]))).toEqual({
      "river#1": expect.closeTo(0.6 + 0.4 / 2),
      "museum#1": expect.closeTo(0.6 / 2 + 0.4),
      "ship#1": expect.closeTo(0),
    });
  });

  it("says at which place each of its retrievers found a hit", async () => {
    const hits = await fuse([
      { found: { "river#1": 3, "museum#1": 2 }, name: "keyword" },
      { found: { "museum#1": 0.9 }, name: "vector" },
    ]);
    expect(Object.fromEntries(hits.map(({ passage, ranks }) => [passage.id, ranks]))).toEqual({
      "river#1": { keyword: 1 },
      "museum#1": { keyword: 2, vector: 1 },
    });
  });

  it("finds what one list holds where the others are empty", async () => {
    const hits = await fuse([{ found: {} }, { found: { "river#1": 0.4, "river#2": 0.3 }, floor: "last" }]);
    expect(hits.map(({ passage }) => passage.id)).toEqual(["river#1", "river#2"]);
    expect(await fuse([{ found: {} }, { found: {} }])).toEqual([]);
  });

  it("does not divide by nothing where all of a list are as good", async () => {
    for (const floor of ["zero", "last"] as const) {
      const hits = await fuse([{ found: { "river#1": 0, "museum#1": 0 }, floor }]);
      expect(hits.map(({ score }) => score)).toEqual([0, 0]);
    }
  });

  it("gives half of the list to other articles that come near", async () => {
    const hits = await fuse(
      [
        {
          found: {
            "river#1": 10,
            "river#2": 9.5,
            "river#3": 9,
            "river#4": 8.5,
            "museum#1": 6,
            "ship#1": 5.5,
          },
        },
      ],
      4,
    );
    expect(hits.map(({ passage }) => passage.id)).toEqual(["river#1", "river#2", "museum#1", "ship#1"]);
  });

  it("lets one article fill the list where no other comes near", async () => {
    const hits = await fuse(
      [{ found: { "river#1": 10, "river#2": 9.5, "river#3": 9, "river#4": 8.5, "museum#1": 4 } }],
      4,
    );
    expect(hits.map(({ passage }) => passage.articleId)).toEqual(["river", "river", "river", "river"]);
  });

  it("gives the best hit first, everything where there is room, and nothing twice", async () => {
    const places = ["river#1", "river#2", "river#3", "museum#1", "museum#2", "ship#1"];
    const list = fc.dictionary(fc.constantFrom(...places), fc.integer({ min: 0, max: 20 }));
    const floor = fc.constantFrom("zero" as const, "last" as const);
    await fc.assert(
      fc.asyncProperty(list, list, floor, fc.nat(8), async (one, other, floor, limit) => {
        const lists = [{ found: one }, { found: other, floor, weight: 0.3 }];
        const hits = await fuse(lists, limit);
        const all = await fuse(lists, 100);
        const found = new Set([...Object.keys(one), ...Object.keys(other)]);
        expect(new Set(all.map(({ passage }) => passage.id))).toEqual(found);
        expect(hits).toHaveLength(Math.min(limit, found.size));
        expect(new Set(hits.map(({ passage }) => passage.id)).size).toBe(hits.length);
        if (limit > 0) expect(hits[0]?.score).toBe(all[0]?.score);
        for (const [i, { score }] of hits.slice(1).entries())
          expect(score).toBeLessThanOrEqual(hits[i]!.score);
      }),
    );
  });
});

type List = { readonly found: Found; readonly name?: string } & Partial<
  Pick<WeightedRetriever, "weight" | "floor">
>;

function fuse(lists: readonly List[], limit?: number) {
  const retrievers = lists.map(
    ({ found, name = "keyword", weight = 1, floor = "zero" }): WeightedRetriever => ({
      retriever: finding(() => found, name),
      weight,
      floor,
    }),
  );
  return new HybridRetriever(retrievers).retrieve("白鹭河有多长？", { limit });
}
