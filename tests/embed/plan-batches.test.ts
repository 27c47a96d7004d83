import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planBatches } from "../../src/embed/plan-batches.ts";

describe("planBatches", () => {
  it("puts texts of like length together, the shortest first", () => {
    const texts = ["长".repeat(400), "短", "长".repeat(500), "短短"];
    expect(planBatches(texts)).toEqual([
      [1, 3],
      [0, 2],
    ]);
  });

  it("plans nothing for no texts, and one batch for one text of any length", () => {
    expect(planBatches([])).toEqual([]);
    expect(planBatches(["长".repeat(100_000)])).toEqual([[0]]);
    expect(planBatches([""])).toEqual([[0]]);
  });

  it("plans every text once, and no padded batch of several beyond 1,024 characters", () => {
    const lengths = fc.array(fc.oneof(fc.nat(40), fc.nat(2000)), { maxLength: 80 });
    fc.assert(
      fc.property(lengths, (sizes) => {
        const batches = planBatches(sizes.map((size) => "字".repeat(size)));
        expect(batches.flat().sort((a, b) => a - b)).toEqual(sizes.map((_, place) => place));
        for (const batch of batches) {
          const longest = Math.max(...batch.map((place) => sizes[place]!));
          expect(batch.length === 1 || batch.length * longest <= 1024).toBe(true);
        }
      }),
    );
  });
});
