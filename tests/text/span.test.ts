import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { containsSpan, overlap, type Span } from "../../src/text/span.ts";

const span = fc
  .tuple(fc.nat(12), fc.integer({ min: 1, max: 6 }))
  .map(([start, length]): Span => ({ start, end: start + length }));
const places = ({ start, end }: Span) => Array.from({ length: end - start }, (_, i) => start + i);

describe("spans", () => {
  it("overlap where they share a character, whichever comes first", () => {
    fc.assert(
      fc.property(span, span, (a, b) => {
        const shares = places(a).some((place) => places(b).includes(place));
        expect(overlap(a, b)).toBe(shares);
        expect(overlap(b, a)).toBe(shares);
      }),
    );
  });

  it("contain those of whose characters they hold all", () => {
    fc.assert(
      fc.property(span, span, (outer, inner) => {
        expect(containsSpan(outer, inner)).toBe(
          places(inner).every((place) => places(outer).includes(place)),
        );
      }),
    );
  });
});
