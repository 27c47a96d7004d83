import type { ReactiveController, ReactiveControllerHost } from "@lit/reactive-element";
import type { Citation, RelatedPassage } from "../../src/answer/answer.ts";
import type { ArticleList, ArticleSummary } from "../client/parse.ts";
import type { WenjuClient } from "../client/wenju-client.ts";
import { Conversation } from "../conversation/conversation.ts";
import { copyText } from "../conversation/copy-text.ts";
import { SavedConversation } from "../conversation/saved-conversation.ts";
import type { Turn } from "../conversation/turn.ts";
import type { Messages } from "../i18n/messages.ts";
import { newspaperOf } from "../source/newspaper-of.ts";
import { SourceReader, type Spot } from "../source/source-reader.ts";
import { copyToClipboard } from "./copy.ts";

export type ChatOptions = {
  readonly client: WenjuClient;
  /** Under which name the tab keeps the conversation. */
  readonly savedAs: string;
  readonly onQuestion?: (question: string) => void;
  readonly onSettled?: (turn: Turn) => void;
  readonly onOpenSource?: (spot: Spot) => void;
};

export const LONGEST_QUESTION = 500;

/** All that a chat is, for the element that shows it: the conversation, the open source, the corpus and the draft. */
export class ChatController implements ReactiveController {
  readonly conversation: Conversation;
  readonly source: SourceReader;
  /** Undefined until it is there, or where it cannot be had. */
  corpus: ArticleList | undefined;
  /** What a screen reader is told next: how a question ended, or what became of a copy. */
  announcement: Turn | "copied" | "copyFailed" | undefined;
  /** Whose answer was copied last, and whether it worked. */
  copied: { readonly id: string; readonly worked: boolean } | undefined;
  draft = "";
  readonly #host: ReactiveControllerHost;
  readonly #options: ChatOptions;
  #articles: ReadonlyMap<string, ArticleSummary> = new Map();
  #isCorpusWanted = false;
  #leaving = new AbortController();
  #opener: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost, options: ChatOptions) {
    const onChange = () => host.requestUpdate();
    this.#host = host;
    this.#options = options;
    this.source = new SourceReader(options.client, onChange);
    this.conversation = new Conversation({
      client: options.client,
      saved: new SavedConversation(options.savedAs),
      onChange,
      onSettled: (turn) => this.#settled(turn),
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.#leaving = new AbortController();
  }

  hostDisconnected(): void {
    this.#leaving.abort();
    this.#isCorpusWanted = this.corpus !== undefined;
    this.conversation.stop();
    this.source.close();
  }

  /** Asks what the corpus is, once; the chat works without it, and a server that is down says so at the first question. */
  async loadCorpus(): Promise<void> {
    if (this.#isCorpusWanted) return;
    this.#isCorpusWanted = true;
    const { signal } = this.#leaving;
    try {
      this.corpus = await this.#options.client.listArticles(signal);
      this.#articles = new Map(this.corpus.articles.map((article) => [article.id, article]));
      this.#host.requestUpdate();
    } catch {
      if (!signal.aborted) this.#isCorpusWanted = false;
    }
  }

  get isTooLong(): boolean {
    return this.draftLength > LONGEST_QUESTION;
  }

  /** In characters as a reader counts them. */
  get draftLength(): number {
    return this.draft.length <= LONGEST_QUESTION ? this.draft.length : [...this.draft.trim()].length;
  }

  setDraft(text: string): void {
    this.draft = text;
    this.#host.requestUpdate();
  }

  async submit(): Promise<void> {
    if (this.isTooLong || this.conversation.isBusy || this.draft.trim() === "") return;
    const question = this.draft;
    this.setDraft("");
    await this.ask(question);
  }

  async ask(question: string): Promise<void> {
    const wanted = question.trim();
    if (wanted === "" || this.conversation.isBusy) return;
    this.announcement = undefined;
    this.#options.onQuestion?.(wanted);
    await this.conversation.ask(wanted);
  }

  /** Puts the last question back into an empty draft; true where there was one. */
  recall(): boolean {
    const last = this.conversation.turns.at(-1);
    if (this.draft !== "" || !last) return false;
    this.setDraft(last.question);
    return true;
  }

  startOver(): void {
    this.closeSource();
    this.announcement = undefined;
    this.conversation.clear();
  }

  articleOf(id: string): ArticleSummary | undefined {
    return this.#articles.get(id);
  }

  /** Opens the article of one of several quotes; `opener` gets the focus back when it closes. */
  openSource(quotes: readonly (Citation | RelatedPassage)[], index: number, opener: HTMLElement): void {
    const spots = quotes.map(toSpot);
    const spot = spots[index];
    if (!spot) return;
    this.#opener = opener;
    this.#options.onOpenSource?.(spot);
    void this.source.open(spots, index);
  }

  closeSource(): void {
    if (this.source.state.phase === "closed") return;
    this.source.close();
    const opener = this.#opener;
    this.#opener = undefined;
    void this.#host.updateComplete.then(() => opener?.focus({ preventScroll: true }));
  }

  /** The reading page of an article, at a place. */
  addressOf(articleId: string, span: Citation["span"]): string {
    return this.#options.client.articleAddress(articleId, span);
  }

  async copy({ id, answer }: Turn, words: Messages): Promise<void> {
    if (!answer) return;
    const text = copyText(answer, words, (citation) => this.#describe(citation, words));
    const worked = await copyToClipboard(text);
    this.copied = { id, worked };
    this.announcement = worked ? "copied" : "copyFailed";
    this.#host.requestUpdate();
  }

  /** Title, newspaper, date and address, as far as they are known. */
  #describe({ articleId, title, span }: Citation, words: Messages): string {
    const article = this.articleOf(articleId);
    const address = absolute(this.#options.client.articleAddress(articleId, span));
    return [words.titleMarks(title), newspaperOf(article), article?.publishedAt, address]
      .filter((part) => part)
      .join(" ");
  }

  #settled(turn: Turn): void {
    this.announcement = turn;
    this.#options.onSettled?.(turn);
    this.#host.requestUpdate();
  }
}

function absolute(address: string): string {
  return new URL(address, document.baseURI).href;
}

function toSpot(quote: Citation | RelatedPassage): Spot {
  const { articleId, title, span } = quote;
  return { articleId, title, span, ...("marker" in quote ? { marker: quote.marker } : {}) };
}
