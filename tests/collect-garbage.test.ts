import { describe, expect, it } from "vitest";
import { collectGarbage } from "../src/collect-garbage.ts";

describe("collectGarbage", () => {
  it("frees at once what nothing holds, and nothing else, however often", async () => {
    const kept = new ArrayBuffer(8);
    const refs = [new WeakRef(kept), new WeakRef(new ArrayBuffer(8))];
    await new Promise((resolve) => setImmediate(resolve)); // until then a new reference holds its target
    collectGarbage();
    collectGarbage();
    expect(refs.map((ref) => ref.deref())).toEqual([kept, undefined]);
  });
});
