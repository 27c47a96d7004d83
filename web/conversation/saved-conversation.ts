import { parseAnswer } from "../client/parse.ts";
import { newTurn, type Turn } from "./turn.ts";

type Saved = { readonly question: string; readonly phase: string; readonly answer?: unknown };

const MOST_TURNS = 40;

/**
 * The conversation of this tab, in its session storage. Storage may be forbidden, full, or hold what an older page
 * wrote: then the conversation starts empty and simply is not kept.
 */
export class SavedConversation {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  load(): Turn[] {
    try {
      const saved = JSON.parse(sessionStorage.getItem(this.#key) ?? "[]") as readonly Saved[];
      return saved.map(restore);
    } catch {
      return [];
    }
  }

  save(turns: readonly Turn[]): void {
    const saved = turns
      .slice(-MOST_TURNS)
      .map(({ question, phase, answer }): Saved => ({ question, phase, answer }));
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(saved));
    } catch {
      // Full or forbidden; the conversation goes on without it.
    }
  }
}

function restore({ question, answer }: Saved): Turn {
  const turn = newTurn(String(question));
  if (answer === undefined) return { ...turn, phase: "stopped" };
  const { text, citations, ...rest } = parseAnswer(answer);
  return { ...turn, phase: "answered", text, citations, answer: { text, citations, ...rest } };
}
