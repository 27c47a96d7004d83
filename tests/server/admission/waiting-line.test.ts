import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LineLimits, type Place, WaitingLine } from "../../../src/server/admission/waiting-line.ts";

const LIMITS: LineLimits = { places: 2, most: 5, mostInRush: 3 };
const BUSY = expect.objectContaining({ code: "SERVER_BUSY", status: 503, retryAfter: 2 });

describe("WaitingLine", () => {
  it("lets as many work as there are places, and the others in the order in which they came", async () => {
    const line = new WaitingLine(LIMITS);
    const begun: number[] = [];
    const places = Array.from({ length: 4 }, (_, i) => begin(line, () => begun.push(i)));
    await settle();
    expect(begun).toEqual([0, 1]);
    expect([line.working, line.waiting]).toEqual([2, 2]);
    places[1]!.leave();
    await settle();
    expect(begun).toEqual([0, 1, 2]);
    places[0]!.leave();
    places[2]!.leave();
    await settle();
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it("turns away whoever finds it full, at once", () => {
    const line = new WaitingLine(LIMITS);
    for (let i = 0; i < 5; i++) line.take();
    expect(() => line.take()).toThrow(BUSY);
  });

  it("stays short once it has turned somebody away, until it has run empty", () => {
    const line = new WaitingLine({ ...LIMITS, most: 11 });
    const places = fill(line);
    expect(places).toHaveLength(11);
    for (const place of places.splice(0, 8)) place.leave();
    expect(fill(line)).toHaveLength(0);
    places.pop()!.leave();
    const [late, ...none] = fill(line);
    expect(none).toHaveLength(0);
    for (const place of [late!, ...places]) place.leave();
    expect(line.working + line.waiting).toBe(0);
    // twice as long at first: when that is too long again, it is short again
    expect(fill(line)).toHaveLength(6);
    expect(fill(line)).toHaveLength(0);
  });

  it("grows to its old length again while it runs empty now and then", () => {
    const line = new WaitingLine({ ...LIMITS, most: 11 });
    for (const place of fill(line)) place.leave();
    line.take().leave();
    expect(fill(line)).toHaveLength(11);
  });

  it("forgets who gives up while waiting, and lets in the one behind", async () => {
    const line = new WaitingLine(LIMITS);
    const [first, , impatient] = [line.take(), line.take(), line.take()];
    const begun: string[] = [];
    begin(line, () => begun.push("last"));
    const leaving = new AbortController();
    const turn = impatient.turn(leaving.signal);
    leaving.abort(new Error("走了"));
    await expect(turn).rejects.toThrow("走了");
    impatient.leave();
    expect(line.waiting).toBe(1);
    first.leave();
    await settle();
    expect(begun).toEqual(["last"]);
  });

  it("counts a place that is left twice once", () => {
    const line = new WaitingLine(LIMITS);
    const place = line.take();
    line.take();
    place.leave();
    place.leave();
    expect(line.working).toBe(1);
  });

  it("never has more at work than places, nor an idle place while somebody waits", async () => {
    const steps = fc.array(fc.oneof(fc.constant(-1), fc.nat({ max: 8 })), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, async (path) => {
        const line = new WaitingLine({ ...LIMITS, mostInRush: LIMITS.most });
        const places: Place[] = [];
        for (const step of path) {
          if (step >= 0) places.splice(step, 1)[0]?.leave();
          else if (places.length < LIMITS.most) places.push(line.take());
          else expect(() => line.take()).toThrow(BUSY);
          expect(line.working + line.waiting).toBe(places.length);
          expect(line.working).toBe(Math.min(LIMITS.places, places.length));
        }
      }),
    );
  });
});

function begin(line: WaitingLine, whenBegun: () => void): Place {
  const place = line.take();
  void place.turn().then(whenBegun);
  return place;
}

/** Takes places until there are none. */
function fill(line: WaitingLine): Place[] {
  const places: Place[] = [];
  for (;;) {
    try {
      places.push(line.take());
    } catch (error) {
      expect(error).toEqual(BUSY);
      return places;
    }
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
