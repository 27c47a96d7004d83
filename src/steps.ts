import { setImmediate } from "node:timers/promises";

/** Long work that others may interrupt wherever it yields; what it returns is its result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all the work now, and holds the thread as long as that takes. */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Does the work on a thread that answers questions: it lets others run every few milliseconds. */
export async function runInTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const over = performance.now() + TURN_MS;
    while (performance.now() < over) {
      const { done, value } = steps.next();
      if (done) return value;
    }
    await setImmediate();
  }
}

/** Far less than a reader notices, far more than changing turns costs. */
const TURN_MS = 5;
