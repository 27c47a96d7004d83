import { setTimeout as delay } from "node:timers/promises";
import { random } from "./random.ts";

/** Whether so many milliseconds are over, from now on. */
export function after(milliseconds: number): () => boolean {
  const over = performance.now() + milliseconds;
  return () => performance.now() >= over;
}

/** `clients` ask one thing after the other, without a pause, until the time is over. */
export async function closedLoop(
  clients: number,
  isOver: () => boolean,
  ask: (client: number, round: number) => Promise<void>,
): Promise<void> {
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let round = 0; !isOver(); round++) await ask(client, round);
    }),
  );
}

/**
 * Asks `rate` times a second on average, whether or not earlier questions have been answered: readers who do not know of each
 * other come at random (a Poisson process, from a fixed seed). Gives each the milliseconds between when it should have begun and
 * when it did, which a slow client must not hide.
 */
export async function openLoop(
  rate: number,
  milliseconds: number,
  ask: (late: number, number: number) => Promise<void>,
): Promise<void> {
  const next = random(20);
  const begun = performance.now();
  const running = new Set<Promise<void>>();
  for (let number = 0, due = 0; ; number++) {
    due += (-Math.log(1 - next()) / rate) * 1_000;
    if (due >= milliseconds) break;
    const wait = begun + due - performance.now();
    if (wait > 1) await delay(wait);
    const asked = ask(Math.max(0, performance.now() - begun - due), number);
    running.add(asked);
    void asked.finally(() => running.delete(asked));
  }
  await Promise.all(running);
}
