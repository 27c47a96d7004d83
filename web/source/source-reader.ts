import { ClientError } from "../client/client-error.ts";
import type { ReadableArticle } from "../client/parse.ts";
import type { WenjuClient } from "../client/wenju-client.ts";
import type { Place } from "./article-blocks.ts";

/** A place to show: where it is, and what it is called. */
export type Spot = {
  readonly articleId: string;
  readonly title: string;
  readonly span: Place;
  /** The citation's number; related passages have none. */
  readonly marker?: number;
};

export type SourceState =
  | { readonly phase: "closed" }
  | ({ readonly phase: "loading" } & Opened)
  | ({ readonly phase: "ready"; readonly article: ReadableArticle } & Opened)
  | ({ readonly phase: "failed"; readonly error: ClientError } & Opened);

type Opened = { readonly spots: readonly Spot[]; readonly index: number };

/** Which article is open, at which of the places it was opened for. */
export class SourceReader {
  readonly #client: WenjuClient;
  readonly #onChange: () => void;
  readonly #articles = new Map<string, ReadableArticle>();
  #state: SourceState = { phase: "closed" };
  #loading: AbortController | undefined;

  constructor(client: WenjuClient, onChange: () => void) {
    this.#client = client;
    this.#onChange = onChange;
  }

  get state(): SourceState {
    return this.#state;
  }

  /** Opens the article of `spots[index]`; resolves when it is there, or the failure is. */
  async open(spots: readonly Spot[], index: number): Promise<void> {
    const spot = spots[index];
    if (!spot) return;
    this.#loading?.abort();
    const known = this.#articles.get(spot.articleId);
    if (known) return this.#set({ phase: "ready", article: known, spots, index });
    const loading = new AbortController();
    this.#loading = loading;
    this.#set({ phase: "loading", spots, index });
    try {
      const article = await this.#client.readArticle(spot.articleId, loading.signal);
      this.#articles.set(spot.articleId, article);
      if (!loading.signal.aborted) this.#set({ phase: "ready", article, spots, index });
    } catch (reason) {
      if (loading.signal.aborted) return;
      const error = reason instanceof ClientError ? reason : new ClientError("failed", "", { cause: reason });
      this.#set({ phase: "failed", error, spots, index });
    }
  }

  /** Moves by `step` among the places, round at both ends. */
  async move(step: 1 | -1): Promise<void> {
    if (this.#state.phase === "closed") return;
    const { spots, index } = this.#state;
    await this.open(spots, (index + step + spots.length) % spots.length);
  }

  async retry(): Promise<void> {
    if (this.#state.phase === "failed") await this.open(this.#state.spots, this.#state.index);
  }

  close(): void {
    this.#loading?.abort();
    this.#set({ phase: "closed" });
  }

  #set(state: SourceState): void {
    this.#state = state;
    this.#onChange();
  }
}

/** The places of one article among `spots`, and which of them is the current one. */
export function spotsInArticle(
  spots: readonly Spot[],
  index: number,
): { places: Place[]; current: number; indices: number[] } {
  const articleId = spots[index]?.articleId;
  const indices = spots.flatMap((spot, at) => (spot.articleId === articleId ? [at] : []));
  return { places: indices.map((at) => spots[at]!.span), current: indices.indexOf(index), indices };
}
