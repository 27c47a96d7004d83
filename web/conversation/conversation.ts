import type { AnswerEvent } from "../../src/answer/answer.ts";
import { ClientError } from "../client/client-error.ts";
import type { WenjuClient } from "../client/wenju-client.ts";
import { historyBefore } from "./history.ts";
import type { SavedConversation } from "./saved-conversation.ts";
import { newTurn, type Rating, type Turn } from "./turn.ts";

export type ConversationOptions = {
  readonly client: WenjuClient;
  /** Called after every change of `turns`. */
  readonly onChange: () => void;
  /** Called when a turn has come to its end, whatever it is. */
  readonly onSettled?: (turn: Turn) => void;
  /** Keeps the turns while the tab lives. */
  readonly saved?: SavedConversation;
};

/** The state of a chat: its turns, of which at most one is running. Turns are replaced, never changed in place. */
export class Conversation {
  readonly #options: ConversationOptions;
  #turns: readonly Turn[];
  #running: { readonly id: string; readonly abort: AbortController } | undefined;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#turns = options.saved?.load() ?? [];
  }

  get turns(): readonly Turn[] {
    return this.#turns;
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Asks; resolves when the turn has ended. Does nothing while another one runs or where there is nothing to ask. */
  async ask(text: string): Promise<void> {
    const question = text.trim();
    if (question === "" || this.isBusy) return;
    const turn = newTurn(question);
    this.#turns = [...this.#turns, turn];
    await this.#run(turn);
  }

  /** Asks the question of a turn that failed or was stopped again, in its place. */
  async retry(id: string): Promise<void> {
    const turn = this.#find(id);
    if (!turn || this.isBusy) return;
    await this.#run({ id, question: turn.question, phase: "asking", text: "", citations: [] });
  }

  stop(): void {
    this.#running?.abort.abort();
  }

  /** Forgets all turns. */
  clear(): void {
    this.stop();
    this.#running = undefined;
    this.#turns = [];
    this.#changed();
    this.#save();
  }

  /** Opens a rating; `sendRating` sends it, with what was remarked. */
  rate(id: string, value: Rating["value"]): void {
    this.#update(id, { rating: { value, remark: "", state: "open" } });
  }

  async sendRating(id: string, remark: string): Promise<void> {
    const turn = this.#find(id);
    if (!turn?.rating || !turn.answer) return;
    const rating = { value: turn.rating.value, remark };
    this.#update(id, { rating: { ...rating, state: "sending" } });
    const state = await this.#deliverRating(turn.answer.id, turn.question, rating);
    this.#update(id, { rating: { ...rating, state } });
    this.#save();
  }

  async #deliverRating(answerId: string, question: string, { value, remark }: Omit<Rating, "state">) {
    try {
      await this.#options.client.sendFeedback({
        answerId,
        question,
        rating: value,
        ...(remark ? { remark } : {}),
      });
      return "sent";
    } catch (error) {
      return error instanceof ClientError && error.code === "not-found" ? "kept" : "failed";
    }
  }

  async #run(turn: Turn): Promise<void> {
    const running = { id: turn.id, abort: new AbortController() };
    this.#running = running;
    this.#replace(turn);
    this.#save();
    try {
      await this.#follow(turn, running.abort.signal);
    } catch (error) {
      this.#update(turn.id, running.abort.signal.aborted ? { phase: "stopped" } : failure(error));
    } finally {
      if (this.#running === running) this.#running = undefined;
      this.#settle(turn.id);
    }
  }

  async #follow({ id, question }: Turn, signal: AbortSignal): Promise<void> {
    const history = historyBefore(this.#turns, id, question);
    for await (const event of this.#options.client.ask(question, history, signal)) {
      signal.throwIfAborted();
      const turn = this.#find(id);
      if (turn) this.#replace(after(turn, event));
    }
  }

  #settle(id: string): void {
    this.#save();
    this.#changed();
    const turn = this.#find(id);
    if (turn) this.#options.onSettled?.(turn);
  }

  #find(id: string): Turn | undefined {
    return this.#turns.find((turn) => turn.id === id);
  }

  #update(id: string, change: Partial<Turn>): void {
    const turn = this.#find(id);
    if (turn) this.#replace({ ...turn, ...change });
  }

  #replace(next: Turn): void {
    this.#turns = this.#turns.map((turn) => (turn.id === next.id ? next : turn));
    this.#changed();
  }

  #changed(): void {
    this.#options.onChange();
  }

  #save(): void {
    this.#options.saved?.save(this.#turns);
  }
}

function after(turn: Turn, event: AnswerEvent): Turn {
  switch (event.type) {
    case "citation-available":
      return { ...turn, phase: "answering", citations: [...turn.citations, event.citation] };
    case "text-delta":
      return { ...turn, phase: "answering", text: turn.text + event.text };
    case "answer-end": {
      const { answer } = event;
      return { ...turn, phase: "answered", answer, text: answer.text, citations: answer.citations };
    }
    default:
      return event satisfies never;
  }
}

function failure(error: unknown): Partial<Turn> {
  const { code, message } = error instanceof ClientError ? error : new ClientError("failed");
  return { phase: "failed", error: { code, message } };
}
