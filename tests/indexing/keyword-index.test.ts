import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeywordIndex } from "../../src/indexing/keyword-index.ts";
import { runAtOnce } from "../../src/steps.ts";

const DOCUMENTS = [
  ["湘潭", "医院", "医院", "党委"],
  ["株洲", "医院"],
  ["湘潭", "学校", "老师", "学生", "校园", "操场"],
  [],
];

const term = fc.constantFrom(..."医院学校湘潭株洲床位患者志愿者".split(/(?:)/u));
const document = fc.array(term, { maxLength: 12 });
const documents = fc.array(document, { maxLength: 12 });

describe("KeywordIndex", () => {
  const index = KeywordIndex.build(DOCUMENTS);

  it("finds the documents that hold any of the terms, and no others", () => {
    expect(ids(index.search(["湘潭", "株洲"], 10)).sort()).toEqual([0, 1, 2]);
    expect(index.search(["北京"], 10)).toEqual([]);
    expect(index.search([], 10)).toEqual([]);
  });

  it("puts the shorter of two documents first that hold a term equally often", () => {
    expect(ids(index.search(["湘潭"], 10))).toEqual([0, 2]);
  });

  it("puts the rarer of two terms first", () => {
    expect(ids(KeywordIndex.build([["医院"], ["医院"], ["学校"]]).search(["医院", "学校"], 10))[0]).toBe(2);
  });

  it("gives documents of the same score in their order", () => {
    const same = KeywordIndex.build(Array.from({ length: 50 }, () => ["医院"]));
    expect(ids(same.search(["医院"], 50))).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it("gives the first of what it would give without a limit, in the same order", () => {
    fc.assert(
      fc.property(fc.array(document, { maxLength: 60 }), fc.array(term), fc.nat(70), (all, query, limit) => {
        const index = KeywordIndex.build(all);
        expect(index.search(query, limit)).toEqual(index.search(query, all.length).slice(0, limit));
      }),
    );
  });

  it("gives no more than the limit, and none where it is 0 or less", () => {
    expect(index.search(["医院"], 1)).toHaveLength(1);
    expect(index.search(["医院"], 0)).toEqual([]);
    expect(index.search(["医院"], -1)).toEqual([]);
  });

  it("asks a repeated term once", () => {
    expect(index.search(["医院", "医院"], 10)).toEqual(index.search(["医院"], 10));
  });

  it("scores each question anew", () => {
    const first = index.search(["湘潭", "医院"], 10);
    index.search(["株洲"], 10);
    expect(index.search(["湘潭", "医院"], 10)).toEqual(first);
  });

  it("knows its terms, each once, and in how many documents each stands", () => {
    expect([...index.vocabulary].sort()).toEqual([...new Set(DOCUMENTS.flat())].sort());
    expect(index.documentFrequency("医院")).toBe(2);
    expect(index.documentFrequency("北京")).toBe(0);
    expect(index.size).toBe(4);
  });

  it("weighs a term the more, the fewer documents hold it, and never with less than nothing", () => {
    const weights = ["医院", "株洲", "北京"].map((term) => index.inverseDocumentFrequency(term));
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
    expect(KeywordIndex.build([["的"], ["的"]]).inverseDocumentFrequency("的")).toBeGreaterThan(0);
  });

  it("finds nothing where there is nothing", () => {
    expect(KeywordIndex.build([]).search(["医院"], 5)).toEqual([]);
    expect(KeywordIndex.build([[], []]).search(["医院"], 5)).toEqual([]);
  });

  it("scores like BM25 written down plainly", () => {
    fc.assert(
      fc.property(documents, fc.array(term, { maxLength: 5 }), (all, query) => {
        const found = KeywordIndex.build(all).search(query, all.length);
        const expected = plainScores(all, query);
        expect(ids(found).sort((a, b) => a - b)).toEqual([...expected.keys()]);
        for (const { id, score } of found) expect(score).toBeCloseTo(expected.get(id)!, 4);
        for (const [i, { score }] of found.slice(1).entries()) {
          expect(score).toBeLessThanOrEqual(found[i]!.score);
        }
      }),
    );
  });
});

describe("KeywordIndex.grouped", () => {
  it("is the index of the joined documents", () => {
    const joints = fc.array(fc.tuple(document, fc.nat(1)), { maxLength: 12 });
    fc.assert(
      fc.property(joints, fc.array(term, { maxLength: 4 }), (parts, query) => {
        const groups: number[] = [];
        for (const [, step] of parts) groups.push((groups.at(-1) ?? -step) + step);
        const joined: string[][] = [];
        parts.forEach(([terms], i) => {
          joined[groups[i]!] = [...(joined[groups[i]!] ?? []), ...terms];
        });
        const grouped = runAtOnce(KeywordIndex.build(parts.map(([terms]) => terms)).grouped(groups));
        const expected = KeywordIndex.build(joined);
        expect(grouped.size).toBe(expected.size);
        expect(grouped.search(query, 99)).toEqual(expected.search(query, 99));
        for (const each of query)
          expect(grouped.documentFrequency(each)).toBe(expected.documentFrequency(each));
      }),
    );
  });

  it("leaves the index that it is made from as it was", () => {
    const index = KeywordIndex.build(DOCUMENTS);
    const before = index.search(["医院"], 10);
    runAtOnce(index.grouped([0, 0, 0, 0]));
    expect(index.search(["医院"], 10)).toEqual(before);
  });
});

describe("KeywordIndex.fromBytes", () => {
  it("finds what the index found that the bytes were made of", () => {
    fc.assert(
      fc.property(documents, fc.array(term, { maxLength: 4 }), (all, query) => {
        const index = KeywordIndex.build(all);
        const read = KeywordIndex.fromBytes(index.toBytes());
        expect(read.search(query, 99)).toEqual(index.search(query, 99));
        expect(read.vocabulary).toEqual(index.vocabulary);
        expect(read.toBytes()).toEqual(index.toBytes());
      }),
    );
  });

  it("reads bytes that begin anywhere in their buffer", () => {
    const bytes = KeywordIndex.build(DOCUMENTS).toBytes();
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(KeywordIndex.fromBytes(shifted.subarray(3)).search(["株洲"], 1)).toHaveLength(1);
  });

  it("refuses bytes that were cut anywhere, that go on, or that are of another format", () => {
    const bytes = KeywordIndex.build(DOCUMENTS).toBytes();
    for (let length = 0; length < bytes.length; length++) expectRefused(bytes.subarray(0, length));
    expectRefused(Uint8Array.of(...bytes, 0));
    expectRefused(Uint8Array.of(bytes[0]! + 1, ...bytes.subarray(1)));
  });
});

function ids(found: readonly { id: number }[]): number[] {
  return found.map(({ id }) => id);
}

function expectRefused(bytes: Uint8Array): void {
  expect(() => KeywordIndex.fromBytes(bytes)).toThrow(expect.objectContaining({ code: "INDEX_CORRUPT" }));
}

/** Okapi BM25 with k1 = 1.2 and b = 0.75, document by document. */
function plainScores(all: readonly string[][], query: readonly string[]): Map<number, number> {
  const average = all.reduce((sum, terms) => sum + terms.length, 0) / Math.max(1, all.length);
  const scores = new Map<number, number>();
  all.forEach((terms, id) => {
    const asked = [...new Set(query)].filter((each) => terms.includes(each));
    if (asked.length === 0) return;
    const score = asked.reduce((sum, each) => {
      const holding = all.filter((other) => other.includes(each)).length;
      const idf = Math.log(1 + (all.length - holding + 0.5) / (holding + 0.5));
      const count = terms.filter((other) => other === each).length;
      return sum + (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * terms.length) / average));
    }, 0);
    scores.set(id, score);
  });
  return scores;
}
