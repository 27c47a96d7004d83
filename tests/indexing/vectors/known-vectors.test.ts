import { describe, expect, it } from "vitest";
import { KnownVectors } from "../../../src/indexing/vectors/known-vectors.ts";
import { randomUnitVectors } from "../../support/indexes/vectors.ts";

describe("KnownVectors", () => {
  it("gives back, to the last bit, what was stored for a text, also after writing and reading", () => {
    const vectors = randomUnitVectors(20, 7).map((vector) => Float32Array.from(vector));
    const known = new KnownVectors(7);
    for (const [number, vector] of vectors.entries()) known.set(`第${number}句。`, vector);
    const read = KnownVectors.fromBytes(known.toBytes());
    expect(read.size).toBe(20);
    expect(read.dimensions).toBe(7);
    for (const [number, vector] of vectors.entries()) expect(read.get(`第${number}句。`)).toEqual(vector);
    expect(read.get("没有的句子。")).toBeUndefined();
    expect(read.toBytes()).toEqual(known.toBytes());
  });

  it("can be empty", () => {
    expect(KnownVectors.fromBytes(new KnownVectors(480).toBytes()).size).toBe(0);
  });

  it("refuses bytes of any other length", () => {
    const known = new KnownVectors(3);
    known.set("一句。", [1, 0, 0]);
    const bytes = known.toBytes();
    for (let length = 0; length < bytes.length; length++) {
      expect(() => KnownVectors.fromBytes(bytes.subarray(0, length))).toThrow(
        expect.objectContaining({ code: "INDEX_CORRUPT" }),
      );
    }
  });
});
