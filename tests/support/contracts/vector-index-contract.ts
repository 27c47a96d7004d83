import { describe, expect, it } from "vitest";
import type { VectorIndex } from "../../../src/indexing/vectors/vector-index.ts";
import { randomUnitVectors } from "../indexes/vectors.ts";

/** What every `VectorIndex` promises. */
export function testVectorIndex(
  name: string,
  open: (options: { dimensions: number }) => VectorIndex | Promise<VectorIndex>,
): void {
  describe(`${name} as a VectorIndex`, () => {
    it("finds nothing while it is empty", async () => {
      const index = await open({ dimensions: 2 });
      expect(index.size).toBe(0);
      expect(index.search([1, 0], 5)).toEqual([]);
    });

    it("gives the nearest first, with their numbers and cosines", async () => {
      const index = await open({ dimensions: 2 });
      index.add([
        [0, 1],
        [1, 0],
      ]);
      index.add([[0.6, 0.8]]);
      const found = index.search([1, 0], 3);
      expect(found.map(({ id }) => id)).toEqual([1, 2, 0]);
      expect(found[0]?.score).toBeCloseTo(1, 5);
      expect(found[1]?.score).toBeCloseTo(0.6, 5);
      expect(found[2]?.score).toBeCloseTo(0, 5);
    });

    it("gives equal vectors in the order they were added, all of them", async () => {
      const index = await open({ dimensions: 2 });
      index.add(Array.from({ length: 300 }, () => [0.6, 0.8]));
      expect(index.search([0.6, 0.8], 300).map(({ id }) => id)).toEqual(
        Array.from({ length: 300 }, (_, i) => i),
      );
    });

    it("gives as many as there are when asked for more, and none when asked for none", async () => {
      const index = await open({ dimensions: 2 });
      index.add([
        [1, 0],
        [0, 1],
      ]);
      expect(index.search([1, 0], 100)).toHaveLength(2);
      expect(index.search([1, 0], 0)).toEqual([]);
      expect(index.search([1, 0], -3)).toEqual([]);
    });

    it("does not mind how long the query's vector is", async () => {
      const index = await open({ dimensions: 2 });
      index.add([
        [1, 0],
        [0, 1],
      ]);
      const [first] = index.search([7, 0], 1);
      expect(first?.id).toBe(0);
      expect(first?.score).toBeCloseTo(1, 5);
    });

    it("finds each of 3,000 vectors by itself", async () => {
      const vectors = randomUnitVectors(3000, 16);
      const index = await open({ dimensions: 16 });
      for (let start = 0; start < vectors.length; start += 700) index.add(vectors.slice(start, start + 700));
      expect(index.size).toBe(3000);
      const astray = vectors.filter((vector, number) => index.search(vector, 1)[0]?.id !== number);
      expect(astray).toEqual([]);
    });

    it.each([
      ["too short", [1]],
      ["too long", [1, 0, 0]],
      ["not a number", [Number.NaN, 1]],
      ["infinite", [Number.POSITIVE_INFINITY, 0]],
      ["text", ["1" as unknown as number, 0]],
      ["a gap", [undefined as unknown as number, 1]],
      ["not of length 1", [3, 4]],
      ["zero", [0, 0]],
    ])("refuses a vector that is %s and adds nothing", async (_, vector) => {
      const index = await open({ dimensions: 2 });
      expect(() => index.add([[1, 0], vector])).toThrow(expect.objectContaining({ code: "INDEX_MISMATCH" }));
      expect(index.size).toBe(0);
    });

    it.each([
      ["too short", [1]],
      ["too long", [1, 0, 0]],
      ["not a number", [Number.NaN, 1]],
      ["text", ["1" as unknown as number, 0]],
    ])("refuses a query whose vector is %s", async (_, vector) => {
      const index = await open({ dimensions: 2 });
      index.add([[1, 0]]);
      expect(() => index.search(vector, 1)).toThrow(expect.objectContaining({ code: "INDEX_MISMATCH" }));
    });
  });
}
