import { setImmediate as nextTurn } from "node:timers/promises";
import type { Answer, AnswerEvent } from "./answer/answer.ts";
import type { AnswerComposer } from "./answer/answer-composer.ts";
import { EVIDENCE_PASSAGES } from "./answer/ranking/gather-evidence.ts";
import type { Article } from "./corpus/article.ts";
import type { QuestionEmbedder, QuestionVectors } from "./embed/question-embedder.ts";
import { WenjuError } from "./errors.ts";
import type { ChatTurn } from "./question/chat-turn.ts";
import type { Hit } from "./retrieve/hit.ts";
import type { RetrieveOptions, Retriever } from "./retrieve/retriever.ts";

export type AskOptions = {
  /** The conversation so far, oldest turn first. */
  readonly history?: readonly ChatTurn[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds that the embedding model may take before the question is answered by words alone. Without it a question waits as
   * long as it takes, and fails where the model fails.
   */
  readonly patienceMs?: number | undefined;
  /** Hears how many milliseconds passed until a stage was done: `compose` is, with the first event of the answer. */
  readonly onStage?: ((stage: QuestionStage, milliseconds: number) => void) | undefined;
};

/** What a question goes through: made to stand alone, looked for, answered. */
export type QuestionStage = "rephrase" | "retrieve" | "compose";

export type SearchOptions = AskOptions & Pick<RetrieveOptions, "limit">;

export type ChatbotParts = {
  readonly articles: ReadonlyMap<string, Article>;
  readonly retriever: Retriever;
  readonly composer: AnswerComposer;
  /** Makes a question that leans on earlier turns stand alone; returns it unchanged where it does already. */
  readonly resolveFollowUp: (question: string, history: readonly ChatTurn[]) => string;
  /** Puts a question into words that the corpus knows: typing errors mended, English translated. */
  readonly rephrase?: ((question: string, options: Means) => Promise<string>) | undefined;
  /** Embeds for askers who have no more than some patience. */
  readonly embedder?: QuestionEmbedder | undefined;
  /** What finding and composing will want to have embedded of a question that stands alone. */
  readonly textsToEmbed?: ((question: string) => readonly string[]) | undefined;
};

/** What every stage of a question is given. */
type Means = { readonly signal?: AbortSignal | undefined; readonly vectors?: QuestionVectors | undefined };

/** The whole system behind one door: ask, search, read. */
export class Chatbot {
  /** Every article by id, in the order of the corpus. */
  readonly articles: ReadonlyMap<string, Article>;
  readonly #retriever: Retriever;
  readonly #composer: AnswerComposer;
  readonly #resolveFollowUp: ChatbotParts["resolveFollowUp"];
  readonly #rephrase: NonNullable<ChatbotParts["rephrase"]>;
  readonly #embedder: QuestionEmbedder | undefined;
  readonly #textsToEmbed: NonNullable<ChatbotParts["textsToEmbed"]>;

  constructor(parts: ChatbotParts) {
    const { articles, retriever, composer, resolveFollowUp, rephrase, embedder, textsToEmbed } = parts;
    this.articles = articles;
    this.#retriever = retriever;
    this.#composer = composer;
    this.#resolveFollowUp = resolveFollowUp;
    this.#rephrase = rephrase ?? unchanged;
    this.#embedder = embedder;
    this.#textsToEmbed = textsToEmbed ?? (() => []);
  }

  async *ask(question: string, options: AskOptions = {}): AsyncGenerator<AnswerEvent> {
    const means = this.#begin(options);
    const isDone = stageClock(options.onStage);
    const standalone = await this.#standAlone(question, options.history, means);
    isDone("rephrase");
    means.vectors?.prepare(this.#textsToEmbed(standalone));
    const hits = await this.#retriever.retrieve(standalone, { ...means, limit: EVIDENCE_PASSAGES });
    isDone("retrieve");
    await letOthersRun(options.signal);
    for await (const event of this.#composer.compose(standalone, hits, means)) {
      isDone("compose");
      yield event.type === "answer-end" ? { ...event, answer: finish(event.answer, question, means) } : event;
    }
  }

  /** Finds what an answer would be made from; with a history, for the question that it makes of the query. */
  async search(query: string, { limit, ...options }: SearchOptions = {}): Promise<Hit[]> {
    const means = this.#begin(options);
    const standalone = await this.#standAlone(query, options.history, means);
    return this.#retriever.retrieve(standalone, { ...means, limit });
  }

  /** The question as it would be asked without the turns before it. */
  resolveFollowUp(question: string, history: readonly ChatTurn[] = []): string {
    return this.#resolveFollowUp(question, history);
  }

  #begin({ signal, patienceMs }: AskOptions): Means {
    return { signal, vectors: this.#embedder?.begin({ signal, patienceMs }) };
  }

  async #standAlone(question: string, history: readonly ChatTurn[] = [], means: Means): Promise<string> {
    const standalone = await this.#rephrase(this.#resolveFollowUp(question, history), means);
    await letOthersRun(means.signal);
    return standalone;
  }
}

/** Tells of each stage once, with the time since the one before it. */
function stageClock(onStage: AskOptions["onStage"]): (stage: QuestionStage) => void {
  const told = new Set<QuestionStage>();
  let since = performance.now();
  return (stage) => {
    if (told.has(stage)) return;
    told.add(stage);
    const now = performance.now();
    onStage?.(stage, now - since);
    since = now;
  };
}

/** As it was asked, and by what it was searched. */
function finish(answer: Answer, question: string, { vectors }: Means): Answer {
  return { ...answer, question, ...(vectors?.missed && { searchedBy: "words" }) };
}

/** Turns of the event loop between two stages. */
const TURNS = 8;

/**
 * A stage holds the thread for some milliseconds, and in one turn of the event loop a server is given one new connection and no
 * more (libuv's way). With a single turn between two stages, those who come while others are answered would wait for seconds.
 */
async function letOthersRun(signal: AbortSignal | undefined): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn();
  if (signal?.aborted) {
    throw new WenjuError("ABORTED", "The question was given up.", { cause: signal.reason });
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
