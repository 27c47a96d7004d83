import { WenjuError } from "../errors.ts";
import type { EmbeddingModel } from "./embedding-model.ts";

export type QuestionVectorsOptions = {
  /**
   * Milliseconds that a vector may take before the question does without. Without it a question waits as long as it takes, and
   * fails where the model fails.
   */
  readonly patienceMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Embeds questions for readers, who would rather have an answer by words alone than none. */
export class QuestionEmbedder {
  readonly #model: Pick<EmbeddingModel, "embedQuery">;
  /** How many vectors are late and still awaited. */
  #late = 0;

  constructor(model: Pick<EmbeddingModel, "embedQuery">) {
    this.#model = model;
  }

  /** The vectors of one question, from now on. */
  begin({ patienceMs, signal }: QuestionVectorsOptions = {}): QuestionVectors {
    if (patienceMs === undefined)
      return new QuestionVectors((text) => this.#model.embedQuery(text, { signal }));
    return new QuestionVectors((text) => this.#tryToEmbed(text, patienceMs, signal));
  }

  /** While one vector is late the others would be late as well: nobody waits for what was just seen not to come. */
  async #tryToEmbed(
    text: string,
    patienceMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Vector | undefined> {
    if (this.#late > 0) return undefined;
    const embedding = this.#model.embedQuery(text, { signal }).catch(missedUnlessAborted);
    const vector = await atMost(patienceMs, embedding);
    if (vector !== LATE) return vector;
    this.#late += 1;
    const settled = () => {
      this.#late -= 1;
    };
    embedding.then(settled, settled);
    return undefined;
  }
}

type Vector = readonly number[];

/** The vectors of what one question looks for. Each text is embedded once; once one could not be had, there are no more of them. */
export class QuestionVectors {
  readonly #embed: (text: string) => Promise<Vector | undefined>;
  readonly #known = new Map<string, Promise<Vector | undefined>>();
  #missed = false;

  constructor(embed: (text: string) => Promise<Vector | undefined>) {
    this.#embed = embed;
  }

  /** Whether a vector could not be had: what was found was found by words. */
  get missed(): boolean {
    return this.#missed;
  }

  /** The unit vector of a text; undefined where the model is gone, starting again or too slow. Rejects with `ABORTED`. */
  async of(text: string): Promise<Vector | undefined> {
    if (this.#missed) return undefined;
    const known = this.#known.get(text) ?? this.#embed(text);
    this.#known.set(text, known);
    const vector = await known;
    if (vector === undefined) this.#missed = true;
    return this.#missed ? undefined : vector;
  }

  /** Asks for vectors that will be needed, all at once: the model then makes them while other work is done. */
  prepare(texts: readonly string[]): void {
    for (const text of texts) this.of(text).catch(() => undefined); // whoever needs it is told
  }
}

const LATE = Symbol("late");

function atMost<T>(milliseconds: number, work: Promise<T>): Promise<T | typeof LATE> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(LATE), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function missedUnlessAborted(error: unknown): undefined {
  if (error instanceof WenjuError && error.code === "EMBEDDING_FAILED") return undefined;
  throw error;
}
