import { ChatController } from "../chat/chat-controller.ts";
import { CoveredArea } from "../dom/covered-area.ts";
import { h, type View } from "../dom/view.ts";
import { scrollToMark } from "../source/scroll-to-mark.ts";
import { announcementView } from "../views/announcement-view.ts";
import { composerView } from "../views/composer-view.ts";
import { sourceView } from "../views/source-view.ts";
import { turnView } from "../views/turn-view.ts";
import { masthead } from "./masthead.ts";
import { welcomeView } from "./welcome-view.ts";
import { WenjuPage } from "./wenju-page.ts";

/** Where the source covers the chat instead of standing beside it; the style sheet has the same width. */
const NARROW = "(width <= 60rem)";

/** The chat page `/`. */
export class ChatPage extends WenjuPage {
  readonly #narrow = matchMedia(NARROW);
  readonly #chat = new ChatController(this, {
    client: this.client,
    savedAs: "wenju:conversation",
    onOpenSource: () => this.#remember(),
  });
  #shownSpot = "";
  #shownTurn = this.#chat.conversation.turns.at(-1)?.id;

  constructor() {
    super();
    new CoveredArea(this, ":root", () => document);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#chat.loadCorpus();
    this.#narrow.addEventListener("change", this.#redraw);
    window.addEventListener("popstate", this.#onPopState);
    document.addEventListener("keydown", this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#narrow.removeEventListener("change", this.#redraw);
    window.removeEventListener("popstate", this.#onPopState);
    document.removeEventListener("keydown", this.#onKey);
  }

  protected override pageTitle(): string {
    return this.words.chatTitle;
  }

  protected override view(): View {
    const { words } = this;
    const chat = this.#chat;
    const { turns } = chat.conversation;
    const hasSource = chat.source.state.phase !== "closed";
    const isCovered = hasSource && this.#narrow.matches;
    return [
      !isCovered && h("a", { class: "skip", href: "#question" }, words.skipToQuestion),
      masthead(words, {
        onLanguage: this.onLanguage,
        onTheme: this.onTheme,
        onNewConversation: turns.length > 0 ? this.#startOver : undefined,
        isInert: isCovered,
        here: "chat",
      }),
      h(
        "div",
        { class: hasSource ? "stage with-source" : "stage" },
        h(
          "main",
          { class: "chat", inert: isCovered },
          turns.length === 0 ? welcomeView(chat, words) : this.#turnsView(),
          h("div", { class: "dock" }, composerView(chat, words)),
        ),
        sourceView(chat.source, words, {
          addressOf: ({ articleId, span }) => chat.addressOf(articleId, span),
          onClose: this.#closeSource,
          isModal: this.#narrow.matches,
        }),
      ),
      announcementView(chat, words),
    ];
  }

  #turnsView(): View {
    const { turns } = this.#chat.conversation;
    return h(
      "div",
      { class: "turns" },
      h("h1", { class: "visually-hidden" }, this.words.productName),
      turns.map((turn) => turnView(this.#chat, this.words, turn)),
    );
  }

  protected override updated(): void {
    super.updated();
    this.#showNewTurn();
    this.#showSpot();
  }

  /** A new question goes to the top and its answer grows below it: nothing that is being read moves. */
  #showNewTurn(): void {
    const last = this.#chat.conversation.turns.at(-1)?.id;
    if (last === this.#shownTurn) return;
    this.#shownTurn = last;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    if (last) this.querySelector(`[data-turn="${last}"]`)?.scrollIntoView({ block: "start", behavior });
  }

  #showSpot(): void {
    const { state } = this.#chat.source;
    const key =
      state.phase === "closed" ? "" : `${state.phase} ${state.index} ${JSON.stringify(state.spots)}`;
    if (key === this.#shownSpot) return;
    const wasClosed = this.#shownSpot === "";
    this.#shownSpot = key;
    const panel = this.querySelector<HTMLElement>(".source");
    if (wasClosed) panel?.focus({ preventScroll: true });
    if (panel) scrollToMark(panel, panel.querySelector(".source-body"));
  }

  readonly #redraw = (): void => this.requestUpdate();

  readonly #startOver = (): void => {
    this.#chat.startOver();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("#question")?.focus());
  };

  /** On a phone the source is a page of its own to its reader: the way back closes it. */
  #remember(): void {
    if (this.#narrow.matches && history.state !== "source") history.pushState("source", "");
  }

  readonly #closeSource = (): void => {
    if (history.state === "source") history.back();
    else this.#chat.closeSource();
  };

  readonly #onPopState = (): void => this.#chat.closeSource();

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.isComposing || this.querySelector(":popover-open")) return;
    if (this.#chat.source.state.phase !== "closed") this.#closeSource();
    else if (this.#chat.conversation.isBusy) this.#chat.conversation.stop();
  };
}

customElements.define("wenju-chat-page", ChatPage);
