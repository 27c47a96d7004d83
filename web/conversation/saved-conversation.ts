import { isClientErrorCode } from "../client/client-error.ts";
import { parseAnswer } from "../client/parse.ts";
import { newTurn, type Turn } from "./turn.ts";

type Saved = {
  readonly question: string;
  readonly answer?: unknown;
  readonly error?: { readonly code?: unknown; readonly message?: unknown } | undefined;
};

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
      .map(({ question, answer, error }): Saved => ({ question, answer, error }));
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(saved));
    } catch {
      // Full or forbidden; the conversation goes on without it.
    }
  }
}

/** A question without an answer or an error was still running when the page was left: it counts as stopped. */
function restore({ question, answer, error }: Saved): Turn {
  const turn = newTurn(String(question));
  if (error && isClientErrorCode(error.code)) {
    return { ...turn, phase: "failed", error: { code: error.code, message: String(error.message ?? "") } };
  }
  if (answer === undefined) return { ...turn, phase: "stopped" };
  const { text, citations, ...rest } = parseAnswer(answer);
  return { ...turn, phase: "answered", text, citations, answer: { text, citations, ...rest } };
}
