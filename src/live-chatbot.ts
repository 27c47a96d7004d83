import type { Chatbot } from "./chatbot.ts";

/** A chatbot over one generation of an index, with all that belongs to that generation. It never changes. */
export type Edition = {
  readonly chatbot: Chatbot;
  /** Questions to begin with. */
  readonly suggestions: readonly string[];
  /** Names the generation on disk; absent where the articles come from somewhere else. */
  readonly generation?: string | undefined;
  /** How many passages can be found. */
  readonly passages?: number | undefined;
};

/**
 * Holds the edition that counts now. Whoever answers a request takes it once and uses nothing else, so that every answer comes
 * from one generation; an edition that was replaced lives as long as the answers that run on it.
 */
export class LiveChatbot {
  #current: Edition;

  constructor(edition: Edition) {
    this.#current = edition;
  }

  get current(): Edition {
    return this.#current;
  }

  replace(edition: Edition): void {
    this.#current = edition;
  }
}
