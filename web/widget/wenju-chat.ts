import { type PropertyDeclarations, unsafeCSS } from "@lit/reactive-element";
import { ChatController } from "../chat/chat-controller.ts";
import { WenjuClient } from "../client/wenju-client.ts";
import type { Turn } from "../conversation/turn.ts";
import { CoveredArea } from "../dom/covered-area.ts";
import type { View } from "../dom/view.ts";
import { ViewElement } from "../dom/view-element.ts";
import { type Messages, messagesFor } from "../i18n/messages.ts";
import { scrollToMark } from "../source/scroll-to-mark.ts";
import styles from "../styles/widget.css";
import { setAccent } from "./accent.ts";
import { widgetView } from "./widget-view.ts";

/** The server that this script came from. */
const HOME = new URL(".", import.meta.url).href;

/**
 * `<wenju-chat>`: a chat for other sites, as a floating button with a panel or inline. It needs no inline style, no
 * `innerHTML` and no `eval`; what it shows of others it shows as text. docs/widget.md describes its whole surface.
 */
export class WenjuChat extends ViewElement {
  static override styles = unsafeCSS(styles);
  static override properties: PropertyDeclarations = {
    endpoint: { type: String },
    title: { type: String },
    lang: { type: String },
    theme: { type: String },
    position: { type: String },
    accent: { type: String },
    greeting: { type: String },
    suggestions: { converter: { fromAttribute: (value) => value?.split("|") ?? [] } },
    mode: { type: String },
    apiKey: { type: String, attribute: "api-key" },
    isOpen: { type: Boolean, attribute: "open", reflect: true },
  };

  /** The server's address; where the script came from by default. */
  declare endpoint: string;
  /** What the panel and its button are called. */
  declare title: string;
  declare lang: string;
  declare theme: "auto" | "light" | "dark";
  declare position: "bottom-right" | "bottom-left";
  /** A CSS colour. */
  declare accent: string;
  declare greeting: string;
  /** In an attribute, separated by `|`. Without any, the server's own are offered. */
  declare suggestions: readonly string[];
  declare mode: "floating" | "inline";
  declare apiKey: string;
  declare isOpen: boolean;

  #client = new WenjuClient();
  #chat: ChatController | undefined;
  #shownSpot = "";
  #shownTurn: string | undefined;
  #focusNext: "field" | "launcher" | undefined;

  constructor() {
    super();
    new CoveredArea(this, ".frame", () => this.renderRoot as ShadowRoot);
    this.endpoint = HOME;
    this.title = "";
    this.lang = "";
    this.theme = "auto";
    this.position = "bottom-right";
    this.accent = "";
    this.greeting = "";
    this.suggestions = [];
    this.mode = "floating";
    this.apiKey = "";
    this.isOpen = false;
  }

  /**
   * Opens the panel. The attribute of the same name does too: frameworks write attributes as properties where an element
   * has one, so a value written here counts as that attribute. Whether it is open, `isOpen` tells.
   */
  get open(): () => void {
    return this.#open;
  }

  set open(value: unknown) {
    this.isOpen = value !== false && value !== null && value !== undefined && value !== "false";
  }

  /** Closes the panel; an answer that is on its way still arrives. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#focusNext = "launcher";
  }

  /** Opens the panel and asks; resolves when the answer is there or has failed. */
  async ask(question: string): Promise<void> {
    this.#open();
    await this.updateComplete;
    await this.#chat?.ask(question);
  }

  readonly #open = (): void => {
    if (this.isOpen) return;
    this.isOpen = true;
    this.#focusNext = "field";
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate(); // a popover that left the document is closed
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!this.#chat || changed.has("endpoint") || changed.has("apiKey")) this.#connect();
    this.#client.language = this.#words.tag;
    if (changed.has("accent")) setAccent(this.renderRoot as ShadowRoot, this.accent);
  }

  /** Another server or key is another conversation. */
  #connect(): void {
    if (this.#chat) {
      this.#chat.hostDisconnected();
      this.removeController(this.#chat);
    }
    const endpoint = absoluteAddress(this.endpoint || HOME);
    this.#client = new WenjuClient({ endpoint, apiKey: this.apiKey || undefined });
    this.#chat = new ChatController(this, {
      client: this.#client,
      savedAs: `wenju:${endpoint}`,
      onQuestion: (question) => this.#tell("question", { question }),
      onSettled: (turn) => this.#tellEnd(turn),
      onOpenSource: (citation) => this.#tell("citation", citation),
    });
    this.#shownTurn = this.#chat.conversation.turns.at(-1)?.id;
  }

  protected override view(): View {
    if (!this.#chat) return null;
    return widgetView({
      widget: this,
      chat: this.#chat,
      words: this.#words,
      open: this.#open,
      close: () => this.close(),
    });
  }

  get #words(): Messages {
    return messagesFor([this.lang ?? "", document.documentElement.lang, ...navigator.languages]);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    const isShown = this.isOpen || this.mode === "inline";
    this.#enterTopLayer();
    if (isShown) void this.#chat?.loadCorpus();
    if (changed.has("isOpen") && this.isOpen) this.#tell("open", undefined);
    this.#moveFocus();
    this.#showNewTurn();
    this.#showSpot();
  }

  /** Above every z-index of the host page, and free of its transforms. */
  #enterTopLayer(): void {
    const frame = this.renderRoot.querySelector<HTMLElement>(".frame[popover]");
    if (this.isConnected && frame?.showPopover && !frame.matches(":popover-open")) frame.showPopover();
  }

  #moveFocus(): void {
    const target = { field: ".composer-field", launcher: ".launcher" };
    if (this.#focusNext) this.#find(target[this.#focusNext])?.focus({ preventScroll: true });
    this.#focusNext = undefined;
  }

  #showNewTurn(): void {
    const last = this.#chat?.conversation.turns.at(-1)?.id;
    if (last === this.#shownTurn) return;
    this.#shownTurn = last;
    const [log, turn] = [this.#find(".log"), this.#find(".turn:last-child")];
    if (log && turn) log.scrollTop += turn.getBoundingClientRect().top - log.getBoundingClientRect().top;
  }

  #showSpot(): void {
    const state = this.#chat?.source.state ?? { phase: "closed" };
    const key =
      state.phase === "closed" ? "" : `${state.phase} ${state.index} ${JSON.stringify(state.spots)}`;
    if (key === this.#shownSpot) return;
    const wasClosed = this.#shownSpot === "";
    this.#shownSpot = key;
    if (wasClosed) this.#find(".source")?.focus({ preventScroll: true });
    scrollToMark(this.renderRoot, this.#find(".source-body"));
  }

  #find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }

  #tellEnd({ phase, answer, error }: Turn): void {
    if (phase === "answered") this.#tell("answer", { answer });
    if (phase === "failed") this.#tell("error", error);
  }

  #tell(name: "open" | "question" | "answer" | "citation" | "error", detail: unknown): void {
    this.dispatchEvent(new CustomEvent(`wenju-${name}`, { detail, bubbles: true, composed: true }));
  }
}

/** What is no address stays as it is: asking it then fails in words, and nothing else does. */
function absoluteAddress(endpoint: string): string {
  const { baseURI } = document;
  return URL.canParse(endpoint, baseURI) ? new URL(endpoint, baseURI).href : endpoint;
}

if (!customElements.get("wenju-chat")) customElements.define("wenju-chat", WenjuChat);
