import type { Answer, AnswerEvent } from "./answer/answer.ts";
import type { AnswerComposer } from "./answer/answer-composer.ts";
import type { Article } from "./corpus/article.ts";
import type { ChatTurn } from "./question/chat-turn.ts";
import type { Hit } from "./retrieve/hit.ts";
import type { RetrieveOptions, Retriever } from "./retrieve/retriever.ts";

export type AskOptions = {
  /** The conversation so far, oldest turn first. */
  readonly history?: readonly ChatTurn[] | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type SearchOptions = RetrieveOptions & Pick<AskOptions, "history">;

export type ChatbotParts = {
  readonly articles: ReadonlyMap<string, Article>;
  readonly retriever: Retriever;
  readonly composer: AnswerComposer;
  /** Makes a question that leans on earlier turns stand alone; returns it unchanged where it does already. */
  readonly resolveFollowUp: (question: string, history: readonly ChatTurn[]) => string;
  /** Puts a question into words that the corpus knows: typing errors mended, English translated. */
  readonly rephrase?: ((question: string, signal?: AbortSignal) => Promise<string>) | undefined;
};

/** The whole system behind one door: ask, search, read. */
export class Chatbot {
  /** Every article by id, in the order of the corpus. */
  readonly articles: ReadonlyMap<string, Article>;
  readonly #retriever: Retriever;
  readonly #composer: AnswerComposer;
  readonly #resolveFollowUp: ChatbotParts["resolveFollowUp"];
  readonly #rephrase: NonNullable<ChatbotParts["rephrase"]>;

  constructor({ articles, retriever, composer, resolveFollowUp, rephrase = unchanged }: ChatbotParts) {
    this.articles = articles;
    this.#retriever = retriever;
    this.#composer = composer;
    this.#resolveFollowUp = resolveFollowUp;
    this.#rephrase = rephrase;
  }

  async *ask(question: string, { history = [], signal }: AskOptions = {}): AsyncGenerator<AnswerEvent> {
    const standalone = await this.#standAlone(question, history, signal);
    const hits = await this.#retriever.retrieve(standalone, { signal });
    for await (const event of this.#composer.compose(standalone, hits, { signal })) {
      yield event.type === "answer-end" ? { ...event, answer: { ...event.answer, question } } : event;
    }
  }

  /** Finds what an answer would be made from; with a history, for the question that it makes of the query. */
  async search(query: string, { history = [], ...options }: SearchOptions = {}): Promise<Hit[]> {
    const standalone = await this.#standAlone(query, history, options.signal);
    return this.#retriever.retrieve(standalone, options);
  }

  #standAlone(question: string, history: readonly ChatTurn[], signal?: AbortSignal): Promise<string> {
    return this.#rephrase(this.#resolveFollowUp(question, history), signal);
  }
}

async function unchanged(question: string): Promise<string> {
  return question;
}

/** Runs a stream of events to its end and returns the answer. */
export async function collectAnswer(events: AsyncIterable<AnswerEvent>): Promise<Answer> {
  let answer: Answer | undefined;
  for await (const event of events) if (event.type === "answer-end") answer = event.answer;
  if (!answer) throw new TypeError("The stream ended without an answer-end event.");
  return answer;
}
