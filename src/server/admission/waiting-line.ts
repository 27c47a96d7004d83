import { RequestError } from "../request-error.ts";

export type LineLimits = {
  /** How many questions are worked on at once. */
  readonly places: number;
  /** How many may be here at once, those who wait included. */
  readonly most: number;
  /** The same once the line has overflowed. */
  readonly mostInRush: number;
};

/**
 * A question is some milliseconds of one thread's work, with a short wait for the model in it: more at once would only make
 * each of them slower. Fifty readers who ask without a pause are served in half a second, and nobody is refused.
 */
export const LINE_LIMITS: LineLimits = { places: 3, most: 56, mostInRush: 3 };

/** A question's place in the line, from its arrival until it needs the thread no more. */
export type Place = {
  /** Resolves when its turn has come; rejects with the signal's reason. */
  turn(signal?: AbortSignal): Promise<void>;
  /** Lets the next one in. Any further call does nothing. */
  leave(): void;
};

/**
 * Who may work now, who waits, and who is turned away. A line that grows full is one in which each waits longest. When more come
 * than can be served, most have to be refused anyway: then the line is kept short, so that those who are let in wait hardly longer
 * than ever, and just as many are served. Whenever it has run empty it may grow to twice its length again: a short line turns
 * readers away who come by chance at the same moment, but runs empty only where fewer come than can be served. Readers who merely
 * come all at once fill the line without overflowing it, and are all served.
 */
export class WaitingLine {
  readonly #limits: LineLimits;
  readonly #waiting = new Set<() => void>();
  #working = 0;
  #most: number;

  constructor(limits: LineLimits = LINE_LIMITS) {
    this.#limits = limits;
    this.#most = limits.most;
  }

  /** How many are worked on now. */
  get working(): number {
    return this.#working;
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Throws `server-busy` at once where the line is full. */
  take(): Place {
    if (this.#working + this.#waiting.size >= this.#most) {
      this.#most = this.#limits.mostInRush;
      throw new RequestError("server-busy");
    }
    return this.#place();
  }

  #place(): Place {
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    this.#waiting.add(begin);
    this.#admit();
    return {
      turn: (signal) => unlessAborted(begun, signal),
      leave: once(() => {
        if (!this.#waiting.delete(begin)) this.#working -= 1;
        this.#admit();
        if (this.#working === 0) this.#most = Math.min(this.#limits.most, 2 * this.#most);
      }),
    };
  }

  #admit(): void {
    for (const begin of this.#waiting) {
      if (this.#working >= this.#limits.places) return;
      this.#waiting.delete(begin);
      this.#working += 1;
      begin();
    }
  }
}

async function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return work;
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
