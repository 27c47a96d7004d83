/** Lets `most` calls through at once, and as many again in every minute that follows. */
export class RateLimit {
  readonly #most: number;
  #left: number;
  #at = performance.now();

  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  /** Whether this call may pass. */
  take(): boolean {
    const now = performance.now();
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) / 60_000) * this.#most);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
